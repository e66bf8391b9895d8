package io.viking.scheduler.decision;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Cloud.node;
import static io.viking.scheduler.testing.Shape.shape;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.testing.Cloud;
import io.viking.scheduler.testing.Shape;
import io.viking.scheduler.zone.Assortment;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Population;
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
        .containsExactly(new Placement("i", TYPE, List.of("i", "j", "h")));
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
    var decision = decide(shape().spread(1, "web"), 10, cloud().stock("h", TYPE, 1));
    assertThat(zones(decision)).isEqualTo(Map.of("h", 1L, "i", 2L, "j", 2L));
    assertThat(decision.rest().orElseThrow().message())
        .isEqualTo(
            "0/3 zones are available: 2 not meeting the topology spread constraint (maxSkew 1 on"
                + " topology.kubernetes.io/zone), 1 out of stock for 1-2Gi.");
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
  void decide_manyPods_shareTheirPlacements() {
    var decision = decide(shape(), 10_000, cloud());
    assertThat(decision.placements().stream().map(System::identityHashCode).distinct()).hasSize(3);
  }

  private Decision decide(Shape shape, int pods, Cloud cloud) {
    var catalog = cloud.snapshot();
    var sites = cloud.sites(List.of(node("h"), node("i"), node("j")));
    return GroupDecider.standard()
        .decide(
            shape.build(), pods, new World(sites, Assortment.of(catalog), population, _ -> false));
  }

  private static Map<String, Long> zones(Decision decision) {
    return decision.placements().stream().collect(groupingBy(Placement::zone, counting()));
  }
}
