package io.viking.scheduler.score;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.filter.Request;
import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.testing.Cloud;
import io.viking.scheduler.testing.Shape;
import io.viking.scheduler.zone.Site;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every score: what h, i and j cost. */
class ScoresTest {
  private static final String TYPE = "1-2Gi";

  @Test
  void spread_podsOfTheWorkload_theirNumber() {
    Request request = request(shape());
    List<Site> sites = cloud().sites();
    var costs = new Spread().open(request);
    assertThat(costs.of(new Slot(sites.getFirst(), request, 7, false))).isEqualTo(7);
    var slot = new Slot(sites.getFirst(), request, 0, false);
    slot.take();
    assertThat(costs.of(slot)).isEqualTo(1);
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
  void recentTrouble_hotZone_costs() {
    Request request = request(shape());
    Site site = cloud().sites().getFirst();
    var costs = new RecentTrouble().open(request);
    assertThat(costs.of(new Slot(site, request, 0, true))).isEqualTo(1);
    assertThat(costs.of(new Slot(site, request, 0, false))).isZero();
  }

  @Test
  void slot_taken_movesToTheNextTypeAndThenIsFull() {
    Request request = request(shape(), TYPE, "4-8Gi");
    var slot =
        new Slot(
            cloud().stock("h", TYPE, 1).stock("h", "4-8Gi", 1).sites().getFirst(),
            request,
            0,
            false);
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
    var slot = new Slot(cloud().addresses("h", 1).sites().getFirst(), request(shape()), 0, false);
    slot.take();
    assertThat(slot.isFull()).isTrue();
    assertThat(slot.room())
        .isInstanceOfSatisfying(
            Verdict.Reject.class,
            reject -> assertThat(reject.reason()).isEqualTo("without a free address"));
  }

  private static List<Long> costs(ZoneScore score, Cloud cloud, Request request) {
    var costs = score.open(request);
    return cloud.sites().stream().map(site -> costs.of(new Slot(site, request, 0, false))).toList();
  }

  private static Request request(Shape shape, String... types) {
    return new Request(
        shape.build(),
        Stream.of(types.length == 0 ? new String[] {TYPE} : types)
            .map(type -> InstanceType.newBuilder().setName(type).build())
            .toList());
  }
}
