package io.viking.scheduler.rule;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Cloud.node;
import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.selector.LabelRule.Operator;
import io.viking.scheduler.selector.Taint;
import io.viking.scheduler.testing.Shape;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import io.viking.scheduler.zone.ZoneNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules between pods: who is there, who comes, which of h, i and j may be used. */
class RulesTest {
  private final Population population = new Population();
  private List<Site> sites = cloud().sites();
  private int pods;

  @Test
  void spread_emptyCluster_everyZone() {
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web")))
        .containsExactly("h", "i", "j");
  }

  @Test
  void spread_oneZoneAhead_theOthers() {
    there("h", shape(), 1);
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web"))).containsExactly("i", "j");
    assertThat(allowed(new TopologySpread(), shape().spread(2, "web")))
        .containsExactly("h", "i", "j");
  }

  @Test
  void spread_podDoesNotMatchItself_countsTheOthersOnly() {
    there("h", shape(), 2);
    assertThat(allowed(new TopologySpread(), shape().owner("db").spread(1, "web")))
        .containsExactly("i", "j");
    assertThat(allowed(new TopologySpread(), shape().owner("db").spread(2, "web")))
        .containsExactly("h", "i", "j");
  }

  @Test
  void spread_otherNamespaceOrTerminating_doNotCount() {
    there("h", shape().namespace("other"), 5);
    population.put("leaving", "h", shape().crowd(true));
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web")))
        .containsExactly("h", "i", "j");
  }

  @Test
  void spread_affinityHonored_leavesExcludedDomainsOut() {
    there("h", shape(), 1);
    there("i", shape(), 1);
    var notJ = new LabelRule(Shape.ZONE, Operator.NOT_IN, Set.of("j"));
    assertThat(
            allowed(new TopologySpread(), shape().required(notJ).spread(1, "web", 1, true, false)))
        .containsExactly("h", "i");
    assertThat(
            allowed(new TopologySpread(), shape().required(notJ).spread(1, "web", 1, false, false)))
        .containsExactly("j");
  }

  @Test
  void spread_taintsHonored_leavesTaintedDomainsOut() {
    sites =
        cloud()
            .sites(List.of(node("h"), node("i"), node("j", new Taint("down", "", "NoSchedule"))));
    there("h", shape(), 1);
    there("i", shape(), 1);
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web", 1, true, true)))
        .containsExactly("h", "i");
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web", 1, true, false)))
        .containsExactly("j");
  }

  @Test
  void spread_fewerDomainsThanMinDomains_leastCountsAsEmpty() {
    sites.forEach(site -> there(site.id(), shape(), 1));
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web", 3, true, false)))
        .containsExactly("h", "i", "j");
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web", 4, true, false))).isEmpty();
  }

  @Test
  void spread_zoneWithoutTheLabel_isNoDomain() {
    sites =
        cloud().sites(List.of(node("h"), node("i"), new ZoneNode("j", Map.of(), List.of(), false)));
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web"))).containsExactly("h", "i");
  }

  @Test
  void spread_placedInThisDecision_counts() {
    var standing =
        new TopologySpread()
            .open(shape().spread(1, "web").build(), population, sites)
            .orElseThrow();
    standing.placed(sites.getFirst());
    assertThat(standing.check(sites.getFirst())).isInstanceOf(Verdict.Reject.class);
    assertThat(standing.check(sites.get(1))).isEqualTo(Verdict.PASS);
  }

  @Test
  void spread_placedButNotCreated_holdsTheNextPods() {
    sites.forEach(site -> onTheWay(site.id(), shape()));
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web"))).isEmpty();
    assertThat(reason(shape().spread(1, "web"), 0))
        .isEqualTo(
            "waiting until the pods placed before it are created (maxSkew 1 on "
                + "topology.kubernetes.io/zone)");
    assertThat(allowed(new TopologySpread(), shape().spread(2, "web")))
        .containsExactly("h", "i", "j");
  }

  @Test
  void spread_oneOfThreeNotCreatedYet_holdsAllDomains() {
    there("h", shape(), 1);
    there("i", shape(), 1);
    onTheWay("j", shape());
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web"))).isEmpty();
  }

  @Test
  void spread_emptyDomainWhileOthersAreNotCreated_isOpen() {
    onTheWay("h", shape());
    onTheWay("i", shape());
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web"))).containsExactly("j");
    assertThat(reason(shape().spread(1, "web"), 0))
        .isEqualTo(
            "not meeting the topology spread constraint (maxSkew 1 on "
                + "topology.kubernetes.io/zone)");
  }

  @Test
  void spread_instanceVanishedAgain_countsAsNotCreated() {
    sites.forEach(site -> there(site.id(), shape(), 1));
    population.put("pod-0", "h", shape().crowd(), false);
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web"))).isEmpty();
    population.put("pod-0", "h", shape().crowd(), true);
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web"))).hasSize(3);
  }

  @Test
  void spread_notCreatedPodLeavesOrEnds_isNotWaitedFor() {
    there("h", shape(), 1);
    there("i", shape(), 1);
    there("j", shape(), 1);
    onTheWay("j", shape());
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web"))).containsExactly("h", "i");
    population.put("pod-3", "j", shape().crowd(true));
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web")))
        .containsExactly("h", "i", "j");
  }

  @Test
  void spread_otherWorkloadsNotCreatedPods_areNotWaitedFor() {
    sites.forEach(site -> there(site.id(), shape(), 1));
    onTheWay("h", shape().owner("db"));
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web"))).hasSize(3);
  }

  @Test
  void spread_fewerDomainsThanMinDomains_isNotMetByWaiting() {
    sites.forEach(site -> there(site.id(), shape(), 1));
    assertThat(reason(shape().spread(1, "web", 4, true, false), 0)).startsWith("not meeting");
  }

  @Test
  void affinity_company_itsZone() {
    there("i", shape().owner("db"), 1);
    assertThat(allowed(new PodAffinity(), shape().near("db"))).containsExactly("i");
  }

  @Test
  void affinity_nobodyThere_nowhere() {
    assertThat(allowed(new PodAffinity(), shape().near("db"))).isEmpty();
  }

  @Test
  void affinity_firstOfItsSeries_anywhereThenTogether() {
    var shape = shape().near("web");
    assertThat(allowed(new PodAffinity(), shape)).containsExactly("h", "i", "j");
    var standing = new PodAffinity().open(shape.build(), population, sites).orElseThrow();
    standing.placed(sites.get(1));
    assertThat(standing.check(sites.get(0))).isInstanceOf(Verdict.Reject.class);
    assertThat(standing.check(sites.get(1))).isEqualTo(Verdict.PASS);
  }

  @Test
  void affinity_twoTerms_bothInOnePod() {
    there("h", shape().labels(Map.of("app", "db")), 1);
    there("i", shape().labels(Map.of("app", "cache")), 1);
    assertThat(allowed(new PodAffinity(), shape().near("db").near("cache"))).isEmpty();
  }

  @Test
  void affinity_otherNamespace_isNoCompany() {
    there("i", shape().namespace("other").owner("db"), 1);
    assertThat(allowed(new PodAffinity(), shape().near("db"))).isEmpty();
  }

  @Test
  void antiAffinity_ownTerm_keepsAway() {
    there("i", shape().owner("db"), 1);
    assertThat(allowed(new PodAntiAffinity(), shape().awayFrom("db"))).containsExactly("h", "j");
  }

  @Test
  void antiAffinity_termOfWhoIsThere_keepsAway() {
    there("i", shape().owner("db").awayFrom("web"), 1);
    assertThat(allowed(new PodAntiAffinity(), shape())).containsExactly("h", "j");
    assertThat(allowed(new PodAntiAffinity(), shape().owner("cache")))
        .containsExactly("h", "i", "j");
  }

  @Test
  void antiAffinity_toItself_onePerZone() {
    var standing =
        new PodAntiAffinity()
            .open(shape().awayFrom("web").build(), population, sites)
            .orElseThrow();
    standing.placed(sites.getFirst());
    assertThat(standing.check(sites.getFirst())).isInstanceOf(Verdict.Reject.class);
    assertThat(standing.check(sites.get(1))).isEqualTo(Verdict.PASS);
  }

  @Test
  void antiAffinity_terminatingPod_stillKeepsAway() {
    population.put("leaving", "i", shape().owner("db").crowd(true));
    assertThat(allowed(new PodAntiAffinity(), shape().awayFrom("db"))).containsExactly("h", "j");
  }

  @Test
  void open_nothingToSay_isEmpty() {
    assertThat(new TopologySpread().open(shape().build(), population, sites)).isEmpty();
    assertThat(new PodAffinity().open(shape().build(), population, sites)).isEmpty();
    assertThat(new PodAntiAffinity().open(shape().build(), population, sites)).isEmpty();
  }

  private void there(String zone, Shape shape, int count) {
    for (int i = 0; i < count; i++) {
      population.put("pod-" + pods++, zone, shape.crowd(), true);
    }
  }

  /** Placed, but the cloud has no instance of it yet. */
  private void onTheWay(String zone, Shape shape) {
    population.put("pod-" + pods++, zone, shape.crowd());
  }

  private String reason(Shape shape, int site) {
    Verdict verdict =
        new TopologySpread()
            .open(shape.build(), population, sites)
            .orElseThrow()
            .check(sites.get(site));
    return ((Verdict.Reject) verdict).reason();
  }

  private List<String> allowed(PlacementRule rule, Shape shape) {
    var standing = rule.open(shape.build(), population, sites);
    return sites.stream()
        .filter(site -> standing.map(s -> s.check(site).equals(Verdict.PASS)).orElse(true))
        .map(Site::id)
        .toList();
  }
}
