package io.viking.scheduler.decision;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Cloud.node;
import static io.viking.scheduler.testing.Shape.shape;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.testing.Cloud;
import io.viking.scheduler.testing.Shape;
import io.viking.scheduler.volume.ClaimVerdict;
import io.viking.scheduler.zone.Assortment;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Inventory;
import io.viking.scheduler.zone.Population;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupDeciderTest {
  private static final String TYPE = "1-2Gi";

  private final Population population = new Population();

  @Test
  void decide_group_isSpreadEvenly() {
    assertThat(zones(decide(shape(), 300, cloud())))
        .isEqualTo(Map.of("h", 100L, "i", 100L, "j", 100L));
  }

  @Test
  void decide_oneZoneIsAhead_theOthersCatchUp() {
    for (int i = 0; i < 10; i++) {
      population.put("pod-" + i, "h", shape().crowd());
    }
    assertThat(zones(decide(shape(), 20, cloud()))).isEqualTo(Map.of("i", 10L, "j", 10L));
  }

  @Test
  void decide_zoneRunsOut_theRestFlowsOn() {
    assertThat(zones(decide(shape(), 300, cloud().stock("h", TYPE, 20))))
        .isEqualTo(Map.of("h", 20L, "i", 140L, "j", 140L));
  }

  @Test
  void decide_equalSpread_cheaperZoneFirstThenTheFullerShelf() {
    Cloud cloud = cloud().price("i", TYPE, 1);
    assertThat(zones(decide(shape(), 1, cloud))).isEqualTo(Map.of("i", 1L));
    Cloud stocked = cloud().stock("h", TYPE, 5).stock("i", TYPE, 4).stock("j", TYPE, 9);
    assertThat(zones(decide(shape(), 1, stocked))).isEqualTo(Map.of("j", 1L));
  }

  @Test
  void decide_preferredZone_beforeSpread() {
    assertThat(zones(decide(shape().prefer(1, LabelRule.is(Shape.ZONE, "j")), 10, cloud())))
        .isEqualTo(Map.of("j", 10L));
  }

  @Test
  void decide_vswitchesInOrder_fillTheFirstThenTheNext() {
    var decision =
        decide(shape().vswitches(true, "vsw-j", "vsw-h"), 10, cloud().stock("j", TYPE, 6));
    assertThat(zones(decision)).isEqualTo(Map.of("j", 6L, "h", 4L));
  }

  @Test
  void decide_candidates_chosenThenOpenThenEmpty() {
    var decision =
        decide(shape(), 1, cloud().price("i", TYPE, 1).price("j", TYPE, 2).stock("h", TYPE, 0));
    assertThat(decision.placements())
        .containsExactly(new Placement("i", TYPE, List.of("i", "j", "h"), List.of()));
  }

  @Test
  void decide_candidates_areOnlyThoseThatTheConstraintsAllow() {
    var notI = new LabelRule(Shape.ZONE, LabelRule.Operator.NOT_IN, Set.of("i"));
    var decision = decide(shape().required(notI), 1, cloud().price("h", TYPE, 1));
    assertThat(decision.placements().getFirst().zones()).containsExactly("h", "j");
  }

  @Test
  void decide_strictRule_pinsToOneZone() {
    assertThat(decide(shape().spread(1, "web"), 3, cloud()).placements())
        .allSatisfy(placement -> assertThat(placement.zones()).hasSize(1));
  }

  @Test
  void decide_strictSpreadAndAZoneRunsOut_waitsRatherThanTilts() {
    for (String zone : List.of("h", "i", "j")) {
      population.put("pod-" + zone, zone, shape().crowd(), true);
    }
    var decision = decide(shape().spread(1, "web"), 10, cloud().stock("h", TYPE, 0));
    assertThat(zones(decision)).isEqualTo(Map.of("i", 1L, "j", 1L));
    assertThat(decision.rest().orElseThrow().message())
        .isEqualTo(
            "0/3 zones are available: 2 not meeting the topology spread constraint (maxSkew 1 on"
                + " topology.kubernetes.io/zone, h has the fewest), 1 out of stock for 1-2Gi.");
  }

  @Test
  void decide_strictSpread_onePerZoneUntilTheyAreCreated() {
    var decision = decide(shape().spread(1, "web"), 10, cloud());
    assertThat(zones(decision)).isEqualTo(Map.of("h", 1L, "i", 1L, "j", 1L));
    assertThat(decision.rest().orElseThrow().message())
        .isEqualTo(
            "0/3 zones are available: 3 waiting until the pods placed before it are created"
                + " (maxSkew 1 on topology.kubernetes.io/zone).");
  }

  @Test
  void decide_antiAffinityToItself_onePerZone() {
    var decision = decide(shape().awayFrom("web"), 5, cloud());
    assertThat(zones(decision)).isEqualTo(Map.of("h", 1L, "i", 1L, "j", 1L));
    assertThat(decision.rest().orElseThrow().message())
        .isEqualTo(
            "0/3 zones are available: 3 not meeting the pod anti-affinity on"
                + " topology.kubernetes.io/zone.");
  }

  @Test
  void decide_affinityToItself_allTogether() {
    assertThat(zones(decide(shape().near("web"), 50, cloud()))).hasSize(1);
  }

  @Test
  void decide_noZoneLeft_countsThemByReason() {
    var decision =
        decide(
            shape(),
            1,
            cloud().stock("h", TYPE, 0).stock("i", TYPE, 0).zones("h", "i", "j", "k").closed("j"));
    var rest = decision.rest().orElseThrow();
    assertThat(decision.placements()).isEmpty();
    assertThat(rest.message())
        .isEqualTo(
            "0/4 zones are available: 2 out of stock for 1-2Gi, 1 closed by the cloud, 1 without a"
                + " Node yet.");
    assertThat(rest.cures())
        .containsExactlyInAnyOrder(
            new Cure.Stock("h", TYPE),
            new Cure.Stock("i", TYPE),
            new Cure.ZoneChanged("j"),
            new Cure.NodeChanged("k"),
            new Cure.ZonesChanged());
  }

  @Test
  void decide_impossibleResources_sayTheNumbersAndWaitForOtherTypes() {
    var rest = decide(shape().needs(200_000, 2048, 0), 1, cloud()).rest().orElseThrow();
    assertThat(rest.message())
        .isEqualTo(
            "0/3 zones are available: the pod asks for 200 vCPU, 2 GiB, more than any instance type"
                + " has.");
    assertThat(rest.cures())
        .containsExactlyInAnyOrder(new Cure.TypesChanged(), new Cure.ZonesChanged());
  }

  @Test
  void decide_typesBySelector_areTakenInOrderAndToldWithThePlacement() {
    var decision =
        decide(
            shape().required(type("ecs.g6.large", "ecs.c6.large")),
            6,
            cloud().stock("h", "ecs.c6.large", 1).notSelling("i", "ecs.c6.large").zones("h", "i"));
    assertThat(decision.placements())
        .extracting(Placement::zone, Placement::type, Placement::types)
        .contains(
            tuple("h", "ecs.c6.large", List.of("ecs.c6.large", "ecs.g6.large")),
            tuple("h", "ecs.g6.large", List.of("ecs.g6.large")),
            tuple("i", "ecs.g6.large", List.of("ecs.g6.large")));
    assertThat(zones(decision)).isEqualTo(Map.of("h", 3L, "i", 3L));
  }

  @Test
  void decide_typeBoundToItsZone_leavesOutZonesWhereItIsBarred() {
    var decision =
        decide(
            shape()
                .anyOf(
                    List.of(LabelRule.is(Shape.ZONE, "h"), type("ecs.c6.large")),
                    List.of(LabelRule.is(Shape.ZONE, "i"), type("ecs.g6.large"))),
            2,
            cloud());
    assertThat(decision.placements())
        .containsExactlyInAnyOrder(
            new Placement("h", "ecs.c6.large", List.of("h"), List.of("ecs.c6.large")),
            new Placement("i", "ecs.g6.large", List.of("i"), List.of("ecs.g6.large")));
  }

  @Test
  void decide_typeBySelectorIsOutOfStock_namesIt() {
    var cloud = cloud();
    List.of("h", "i", "j").forEach(zone -> cloud.stock(zone, "ecs.c6.large", 0));
    assertThat(
            decide(shape().required(type("ecs.c6.large")), 1, cloud).rest().orElseThrow().message())
        .isEqualTo("0/3 zones are available: 3 out of stock for ecs.c6.large.");
  }

  @Test
  void decide_preferredType_whereItIsInStockThenTheUsualOne() {
    var cloud = cloud().stock("h", "ecs.c6.large", 2);
    List.of("i", "j").forEach(zone -> cloud.stock(zone, "ecs.c6.large", 0));
    var decision = decide(shape().prefer(10, type("ecs.c6.large")), 4, cloud);
    assertThat(decision.placements().stream().collect(groupingBy(Placement::type, counting())))
        .isEqualTo(Map.of("ecs.c6.large", 2L, TYPE, 2L));
    assertThat(decision.placements().getFirst().types()).containsExactly("ecs.c6.large", TYPE);
  }

  @Test
  void decide_failFast_goesToTheBestZoneThoughNothingIsLeft() {
    var cloud = cloud().zones("h", "i").stock("h", TYPE, 0).stock("i", TYPE, 1);
    var decision = decide(shape().failFast().spread(1, "web"), 3, cloud);
    assertThat(decision.rest()).isEmpty();
    assertThat(decision.placements().getFirst().zone()).as("has stock").isEqualTo("i");
    assertThat(zones(decision)).isEqualTo(Map.of("i", 1L, "h", 2L));
  }

  @Test
  void decide_failFast_doesNotWaitForAQuota() {
    var decision = decide(shape().failFast(), 3, cloud().quota("instances", 1, 1));
    assertThat(decision.rest()).isEmpty();
    assertThat(zones(decision)).hasSize(3);
  }

  @Test
  void decide_failFast_constraintsHoldStill() {
    assertThat(
            decide(shape().failFast().selector(Shape.ZONE, "x"), 1, cloud())
                .rest()
                .orElseThrow()
                .message())
        .contains("no zone matches spec.nodeSelector");
  }

  @Test
  void decide_daemon_waitsWithTheWayOut() {
    assertThat(decide(shape().daemon(), 1, cloud()).rest().orElseThrow().message())
        .startsWith("0/3 zones are available: DaemonSets do not run here");
  }

  @Test
  void decide_noZones_saysSo() {
    assertThat(decide(shape(), 1, cloud().zones()).rest().orElseThrow().message())
        .isEqualTo("0/0 zones are available: the cloud offers no zone.");
  }

  @Test
  void decide_quotaOfInstances_placesAsManyAsItAllows() {
    var decision = decide(shape(), 10, cloud().quota("instances", 100, 94));
    assertThat(zones(decision)).isEqualTo(Map.of("h", 2L, "i", 2L, "j", 2L));
    var rest = decision.rest().orElseThrow();
    assertThat(rest.message())
        .isEqualTo("0/3 zones are available: the account's quota of instances (100) is used up.");
    assertThat(rest.onlyQuota()).contains(new Unplaced.OnlyQuota("instances", 1000));
    assertThat(rest.cures())
        .containsExactlyInAnyOrder(new Cure.Quota("instances"), new Cure.ZonesChanged());
  }

  @Test
  void decide_quotaOfVcpu_countsTheSizeOfTheType() {
    var decision =
        decide(shape().needs(4000, 8192, 0), 10, cloud().quota("milli-vcpu", 20_000, 9_000));
    assertThat(decision.placements()).hasSize(2);
    var rest = decision.rest().orElseThrow();
    assertThat(rest.message())
        .isEqualTo(
            "0/3 zones are available: the account's quota of milli-vcpu (20000) leaves too little for"
                + " 4-8Gi.");
    assertThat(rest.onlyQuota()).contains(new Unplaced.OnlyQuota("milli-vcpu", 4000));
  }

  @Test
  void decide_quotaLeavesNoneAndSomeZonesHaveNoStock_isTheQuotasFault() {
    var rest =
        decide(shape(), 1, cloud().quota("instances", 1, 1).stock("h", TYPE, 0))
            .rest()
            .orElseThrow();
    assertThat(rest.onlyQuota()).contains(new Unplaced.OnlyQuota("instances", 1000));
    assertThat(rest.cures()).contains(new Cure.Quota("instances"), new Cure.Stock("h", TYPE));
  }

  @Test
  void decide_quotaLeavesNoneButNoZoneWouldTakeThem_saysWhatTheZonesLack() {
    var rest =
        decide(shape().selector("disk", "ssd"), 1, cloud().quota("instances", 1, 1))
            .rest()
            .orElseThrow();
    assertThat(rest.onlyQuota()).isEmpty();
    assertThat(rest.message()).contains("no zone matches spec.nodeSelector");
  }

  @Test
  void decide_manyPods_shareTheirPlacements() {
    var decision = decide(shape(), 10_000, cloud());
    assertThat(decision.placements().stream().map(System::identityHashCode).distinct())
        .as("three zones, and two to go on to from each")
        .hasSize(6);
  }

  @Test
  void decide_zoneIsLostAfterwards_itsPodsAreSharedByTheOthers() {
    assertThat(fallbacks(decide(shape(), 300, cloud())))
        .isEqualTo(Map.of("h>i", 50L, "h>j", 50L, "i>h", 50L, "i>j", 50L, "j>h", 50L, "j>i", 50L));
  }

  @Test
  void decide_zoneIsLostAfterwards_whoHasMoreAlreadyTakesLess() {
    for (int i = 0; i < 30; i++) {
      population.put("pod-" + i, "j", shape().crowd());
    }
    assertThat(fallbacks(decide(shape(), 80, cloud())))
        .as("37, 36 and 7 make all zones even; 55 and 25 would without h")
        .containsAllEntriesOf(Map.of("h>i", 19L, "h>j", 18L));
  }

  @Test
  void decide_zoneIsLostAfterwards_noMoreGoSomewhereThanFit() {
    assertThat(fallbacks(decide(shape(), 30, cloud().stock("i", TYPE, 12))))
        .containsAllEntriesOf(Map.of("h>i", 2L, "h>j", 8L, "j>i", 2L, "j>h", 8L));
  }

  @Test
  void decide_oneByOneAndAZoneIsLost_itsPodsAreSharedByTheOthers() {
    Map<String, Long> fallbacks = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      Decision decision = decide(shape(), 1, cloud());
      fallbacks(decision).forEach((way, pods) -> fallbacks.merge(way, pods, Long::sum));
      population.put("uid-" + i, decision.placements().getFirst().zone(), shape().crowd());
    }
    assertThat(fallbacks.get("h>i")).isBetween(30L, 70L);
  }

  @Test
  void decide_manyWorkloadsOfOnePod_fillEqualZonesEvenly() {
    Cloud cloud = cloud().addresses("h", 60_000).addresses("i", 4_000).addresses("j", 4_000);
    for (int i = 0; i < 300; i++) {
      Shape shape = shape().owner("web-" + i);
      for (Placement placement : decide(shape, 1, cloud).placements()) {
        population.put("uid-" + i, placement.zone(), shape.crowd());
      }
    }

    assertThat(List.of("h", "i", "j")).extracting(population::residents).containsOnly(100);
  }

  @Test
  void decideCheapest_twoZonesShareTheWorkload_thoughOneIsCheapest() {
    Cloud cloud = cloud().price("j", TYPE, 1).price("h", TYPE, 2).price("i", TYPE, 3);

    assertThat(zones(decideCheapest(shape(), 1, cloud))).isEqualTo(Map.of("j", 1L));
    assertThat(zones(decideCheapest(shape(), 101, cloud))).isEqualTo(Map.of("j", 51L, "h", 50L));
  }

  @Test
  void decideCheapest_equalPrices_areFilledEvenly() {
    assertThat(zones(decideCheapest(shape(), 300, cloud())))
        .isEqualTo(Map.of("h", 100L, "i", 100L, "j", 100L));
  }

  @Test
  void decideCheapest_oneZoneLeft_takesAll() {
    Cloud cloud = cloud().stock("h", TYPE, 0).stock("i", TYPE, 0);

    assertThat(zones(decideCheapest(shape(), 10, cloud))).isEqualTo(Map.of("j", 10L));
  }

  @Test
  void decideCheapest_allInADearZone_theCheapestCatchesUpToHalf() {
    for (int i = 0; i < 6; i++) {
      population.put("uid-" + i, "i", shape().crowd());
    }

    assertThat(zones(decideCheapest(shape(), 6, cloud().price("j", TYPE, 1))))
        .isEqualTo(Map.of("j", 6L));
  }

  @Test
  void decideCheapest_podThatBids_goesByTheMarketPrice() {
    Cloud cloud = cloud().price("h", TYPE, 100).price("i", TYPE, 300).price("j", TYPE, 400);

    assertThat(zones(decideCheapest(shape().spot(), 1, cloud.withoutSpot("h", TYPE))))
        .isEqualTo(Map.of("i", 1L));
  }

  @Test
  void decide_gpuTypeOutOfStock_isNamedBesideTheZonesThatDoNotMatch() {
    String type = "ecs.gn6v-c8g1.2xlarge";
    var notJ = new LabelRule(Shape.ZONE, LabelRule.Operator.NOT_IN, Set.of("j"));
    Cloud cloud = cloud().stock("h", type, 0).stock("i", type, 0);

    assertThat(decide(shape().types(type).required(notJ), 1, cloud).rest().orElseThrow().message())
        .isEqualTo(
            "0/3 zones are available: 2 out of stock for ecs.gn6v-c8g1.2xlarge, 1 not matching the"
                + " pod's node selector or affinity.");
  }

  private static LabelRule type(String... names) {
    return new LabelRule("node.kubernetes.io/instance-type", LabelRule.Operator.IN, Set.of(names));
  }

  private Decision decide(Shape shape, int pods, Cloud cloud) {
    return decide(PlacementPolicy.SPREAD, shape, pods, cloud);
  }

  private Decision decideCheapest(Shape shape, int pods, Cloud cloud) {
    return decide(PlacementPolicy.CHEAPEST, shape, pods, cloud);
  }

  private Decision decide(PlacementPolicy policy, Shape shape, int pods, Cloud cloud) {
    var catalog = cloud.snapshot();
    var inventory = new Inventory();
    var sites = cloud.sites(inventory, List.of(node("h"), node("i"), node("j")));
    return GroupDecider.standard(policy)
        .decide(
            shape.build(),
            pods,
            new World(
                sites,
                Assortment.of(catalog),
                inventory.quotas(),
                population,
                _ -> false,
                _ -> ClaimVerdict.NO_CLAIMS));
  }

  private static Map<String, Long> fallbacks(Decision decision) {
    return decision.placements().stream()
        .map(placement -> placement.zones().get(0) + ">" + placement.zones().get(1))
        .collect(groupingBy(way -> way, counting()));
  }

  private static Map<String, Long> zones(Decision decision) {
    return decision.placements().stream().collect(groupingBy(Placement::zone, counting()));
  }
}
