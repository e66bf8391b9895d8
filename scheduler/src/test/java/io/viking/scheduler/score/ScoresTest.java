package io.viking.scheduler.score;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Cloud.cordoned;
import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.filter.Request;
import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.pod.Bid;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.selector.Taint;
import io.viking.scheduler.testing.Cloud;
import io.viking.scheduler.testing.Shape;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import io.viking.scheduler.zone.ZoneNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every score: what h, i and j cost. */
class ScoresTest {
  private static final String TYPE = "1-2Gi";

  private final Population population = new Population();
  private int pods;

  @Test
  void spread_podsOfTheWorkload_theirNumber() {
    Request request = request(shape());
    List<Site> sites = cloud().sites();
    var costs = new Spread().open(request, population, sites);
    assertThat(costs.of(slot(sites.getFirst(), request, placed("h", 7)))).isEqualTo(7);
    var slot = slot(sites.getFirst(), request, nobody());
    slot.take();
    assertThat(costs.of(slot)).isEqualTo(1);
  }

  @Test
  void concentration_zoneThatWouldHoldMoreThanHalf_costs() {
    Request request = request(shape());
    List<Site> sites = cloud().sites();
    var population = new Population();
    place(population, shape(), "h", 2);
    place(population, shape(), "i", 1);
    place(population, shape().owner("db"), "i", 50);
    WorkloadCount count = count(population);
    List<Slot> slots = sites.stream().map(site -> slot(site, request, count)).toList();
    var costs = new Concentration().open(request, population, sites);

    assertThat(slots).extracting(costs::of).containsExactly(1L, 0L, 0L);
    slots.getLast().take();
    assertThat(slots).extracting(costs::of).containsExactly(0L, 0L, 0L);
  }

  @Test
  void concentration_firstPod_costsNothing() {
    assertThat(costs(new Concentration(), cloud(), request(shape()))).containsExactly(0L, 0L, 0L);
  }

  @Test
  void evenness_podsOfAllWorkloads_theirNumber() {
    Request request = request(shape());
    var population = new Population();
    place(population, shape().owner("db"), "h", 3);
    place(population, shape(), "h", 1);
    var slot = slot(cloud().sites().getFirst(), request, count(population));
    slot.take();

    assertThat(new Evenness().open(request, population, List.of()).of(slot)).isEqualTo(5);
  }

  @Test
  void cheapest_fallsBackWhereSpotIsNotSold_priceOnDemand() {
    Cloud cloud = cloud().price("h", TYPE, 100).price("i", TYPE, 90).withoutSpot("h", TYPE);

    assertThat(costs(new Cheapest(), cloud.zones("h", "i"), request(shape().bid(Bid.ANY, true))))
        .containsExactly(100L, 18L);
  }

  @Test
  void cheapest_price_ofTheTypeThatIsNext() {
    Cloud cloud =
        cloud()
            .price("h", TYPE, 100)
            .price("i", TYPE, 90)
            .stock("j", TYPE, 0)
            .price("j", "4-8Gi", 400);
    assertThat(costs(new Cheapest(), cloud, request(shape(), TYPE, "4-8Gi")))
        .containsExactly(100L, 90L, 400L);
    assertThat(costs(new Cheapest(), cloud, request(shape().spot(), TYPE, "4-8Gi")))
        .containsExactly(20L, 18L, 80L);
  }

  @Test
  void spare_lessIsLeft_costsMore() {
    Cloud cloud = cloud().stock("h", TYPE, 5).stock("i", TYPE, 50).addresses("i", 7);
    assertThat(costs(new Spare(), cloud, request(shape()))).containsExactly(-5L, -7L, -60_000L);
  }

  @Test
  void vswitchOrder_ordered_rankOfTheZonesFirst() {
    assertThat(
            costs(new VSwitchOrder(), cloud(), request(shape().vswitches(true, "vsw-j", "vsw-h"))))
        .containsExactly(1L, 2L, 0L);
    assertThat(
            costs(new VSwitchOrder(), cloud(), request(shape().vswitches(false, "vsw-j", "vsw-h"))))
        .containsExactly(0L, 0L, 0L);
  }

  @Test
  void preferredNodes_weight_makesItCheaper() {
    assertThat(
            costs(
                new PreferredNodes(),
                cloud(),
                request(shape().prefer(30, LabelRule.is(Shape.ZONE, "i")))))
        .containsExactly(0L, -30L, 0L);
  }

  @Test
  void preferredPods_ownTerms_weightForEachPodThatMatches() {
    there("h", shape().owner("db"), 2);
    there("i", shape().owner("cache"), 3);
    there("j", shape().owner("db").namespace("other"), 9);
    Shape shape = shape().preferPods(10, "db").preferPods(-4, "cache");
    assertThat(costs(new PreferredPods(), cloud(), request(shape))).containsExactly(-20L, 12L, 0L);
  }

  @Test
  void preferredPods_termsOfWhoIsThere_countToo() {
    there("h", shape().owner("db").preferPods(10, "web"), 2);
    there("i", shape().owner("db").near("web"), 3);
    there("j", shape().owner("db").preferPods(-7, "web"), 1);
    assertThat(costs(new PreferredPods(), cloud(), request(shape())))
        .containsExactly(-20L, -3L, 7L);
    assertThat(costs(new PreferredPods(), cloud(), request(shape().owner("other"))))
        .containsExactly(0L, 0L, 0L);
  }

  @Test
  void preferredPods_podsOfThisDecision_pullTheNextBothWays() {
    Request request = request(shape().preferPods(-5, "web").near("web"));
    List<Site> sites = cloud().sites();
    var costs = new PreferredPods().open(request, population, sites);
    costs.placed(sites.get(1));
    List<Long> assumed = costs(costs, sites, request);
    assertThat(assumed).containsExactly(0L, 9L, 0L);
    there("i", shape().preferPods(-5, "web").near("web"), 1);
    assertThat(costs(new PreferredPods(), cloud(), request)).isEqualTo(assumed);
  }

  @Test
  void preferredTaints_notTolerated_theirNumber() {
    Taint slow = new Taint("slow", "", "PreferNoSchedule");
    Taint old = new Taint("old", "", "PreferNoSchedule");
    List<Site> sites =
        cloud().sites(List.of(Cloud.node("h", slow, old), Cloud.node("i", slow), cordoned("j")));
    Request request = request(shape().tolerate("slow", "Exists", "", "PreferNoSchedule"));
    var costs = new PreferredTaints().open(request, population, sites);
    assertThat(costs(costs, sites, request)).containsExactly(1L, 0L, 0L);
    Request other = request(shape().tolerate("slow", "Exists", "", "NoSchedule"));
    assertThat(costs(new PreferredTaints().open(other, population, sites), sites, other))
        .containsExactly(2L, 1L, 0L);
  }

  @Test
  void softSpread_beyondMaxSkew_byHowMuch() {
    there("h", shape(), 4);
    there("i", shape(), 2);
    population.put("leaving", "j", shape().crowd(true));
    assertThat(costs(new SoftSpread(), cloud(), request(shape().softSpread(2, "web"))))
        .containsExactly(3L, 1L, 0L);
    assertThat(costs(new SoftSpread(), cloud(), request(shape().softSpread(5, "web"))))
        .containsExactly(0L, 0L, 0L);
    assertThat(costs(new SoftSpread(), cloud(), request(shape().owner("db").softSpread(2, "web"))))
        .containsExactly(2L, 0L, 0L);
  }

  @Test
  void softSpread_podsOfThisDecision_count() {
    Request request = request(shape().softSpread(1, "web"));
    List<Site> sites = cloud().sites();
    var costs = new SoftSpread().open(request, population, sites);
    costs.placed(sites.getFirst());
    assertThat(costs(costs, sites, request)).containsExactly(1L, 0L, 0L);
  }

  @Test
  void softSpread_zoneWithoutTheKey_comesLast() {
    List<Site> sites =
        cloud()
            .sites(
                List.of(
                    Cloud.node("h"), new ZoneNode("i", Map.of(), List.of(ZoneNode.OURS), false)));
    Request request = request(shape().softSpread(1, "web"));
    assertThat(costs(new SoftSpread().open(request, population, sites), sites, request))
        .containsExactly(0L, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  @Test
  void recentTrouble_hotZone_costs() {
    Request request = request(shape());
    Site site = cloud().sites().getFirst();
    var costs = new RecentTrouble().open(request, population, List.of(site));
    assertThat(costs.of(new Slot(site, request, nobody(), true))).isEqualTo(1);
    assertThat(costs.of(slot(site, request, nobody()))).isZero();
  }

  @Test
  void slot_taken_movesToTheNextTypeAndThenIsFull() {
    Request request = request(shape(), TYPE, "4-8Gi");
    var slot =
        slot(
            cloud().stock("h", TYPE, 1).stock("h", "4-8Gi", 1).sites().getFirst(),
            request,
            nobody());
    assertThat(slot.type()).isEqualTo(TYPE);
    slot.take();
    assertThat(slot.type()).isEqualTo("4-8Gi");
    assertThat(slot.room()).isEqualTo(Verdict.PASS);
    slot.take();
    assertThat(slot.isFull()).isTrue();
    assertThat(slot.spare()).isZero();
    assertThat(slot.room())
        .isInstanceOfSatisfying(
            Verdict.Reject.class,
            reject -> assertThat(reject.reason()).isEqualTo("out of stock for 1-2Gi, 4-8Gi"));
  }

  @Test
  void slot_addressesGone_isFullThoughThereIsStock() {
    var slot = slot(cloud().addresses("h", 1).sites().getFirst(), request(shape()), nobody());
    slot.take();
    assertThat(slot.isFull()).isTrue();
    assertThat(slot.room())
        .isInstanceOfSatisfying(
            Verdict.Reject.class,
            reject -> assertThat(reject.reason()).isEqualTo("without a free address"));
  }

  private List<Long> costs(ZoneScore score, Cloud cloud, Request request) {
    List<Site> sites = cloud.sites();
    return costs(score.open(request, population, sites), sites, request);
  }

  private static List<Long> costs(ZoneScore.Costs costs, List<Site> sites, Request request) {
    return sites.stream().map(site -> costs.of(slot(site, request, nobody()))).toList();
  }

  private void there(String zone, Shape shape, int count) {
    for (int i = 0; i < count; i++) {
      population.put("pod-" + pods++, zone, shape.crowd());
    }
  }

  private static Slot slot(Site site, Request request, WorkloadCount count) {
    return new Slot(site, request, count, false);
  }

  private static WorkloadCount nobody() {
    return count(new Population());
  }

  private static WorkloadCount placed(String zone, int pods) {
    var population = new Population();
    place(population, shape(), zone, pods);
    return count(population);
  }

  private static void place(Population population, Shape shape, String zone, int pods) {
    for (int i = 0; i < pods; i++) {
      population.put("uid-" + population.size(), zone, shape.crowd());
    }
  }

  private static WorkloadCount count(Population population) {
    return new WorkloadCount(population, shape().crowd().workload());
  }

  private static Request request(Shape shape, String... types) {
    return new Request(
        shape.build(),
        Stream.of(types.length == 0 ? new String[] {TYPE} : types)
            .map(type -> InstanceType.newBuilder().setName(type).build())
            .toList());
  }
}
