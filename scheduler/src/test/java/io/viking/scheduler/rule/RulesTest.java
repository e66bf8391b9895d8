package io.viking.scheduler.rule;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Cloud.cordoned;
import static io.viking.scheduler.testing.Cloud.node;
import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.pod.PodScope;
import io.viking.scheduler.pod.SpreadConstraint;
import io.viking.scheduler.selector.LabelMatch;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.selector.LabelRule.Operator;
import io.viking.scheduler.selector.Taint;
import io.viking.scheduler.testing.Shape;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import io.viking.scheduler.zone.ZoneNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules between pods: who is there, who comes, which of h, i and j may be used. */
class RulesTest {
  private static final String REGION = "topology.kubernetes.io/region";
  private static final LabelMatch TEAM_A = LabelMatch.allOf(List.of(LabelRule.is("team", "a")));

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
        cloud()
            .sites(
                List.of(
                    node("h"),
                    node("i"),
                    new ZoneNode("j", Map.of(), List.of(ZoneNode.OURS), false)));
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
                + "topology.kubernetes.io/zone, j has the fewest)");
  }

  @Test
  void spread_severalZonesAreBehind_areNamed() {
    there("h", shape(), 1);
    assertThat(reason(new TopologySpread(), shape().spread(1, "web", 1, true, true)))
        .endsWith("(maxSkew 1 on topology.kubernetes.io/zone, i, j have the fewest)");
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
  void spread_minDomainsCannotBeReached_saysHowManyThereAre() {
    sites.forEach(site -> there(site.id(), shape(), 1));
    assertThat(reason(new TopologySpread(), shape().spread(1, "web", 4, true, false)))
        .isEqualTo(
            "not meeting the topology spread constraint (maxSkew 1 on topology.kubernetes.io/zone,"
                + " minDomains is 4 and there are 3)");
  }

  @Test
  void spread_leastFilledZoneTakesNone_saysSo() {
    sites = cloud().sites(List.of(node("h"), node("i"), cordoned("j")));
    there("h", shape(), 1);
    there("i", shape(), 1);
    assertThat(reason(new TopologySpread(), shape().spread(1, "web")))
        .isEqualTo(
            "not meeting the topology spread constraint (maxSkew 1 on topology.kubernetes.io/zone,"
                + " j counts with the fewest and takes none of these pods: nodeTaintsPolicy is not"
                + " Honor)");
    var notJ = new LabelRule(Shape.ZONE, Operator.NOT_IN, Set.of("j"));
    assertThat(
            reason(new TopologySpread(), shape().required(notJ).spread(1, "web", 1, false, false)))
        .endsWith(
            "j counts with the fewest and takes none of these pods: nodeAffinityPolicy is"
                + " Ignore)");
  }

  @Test
  void spread_twoConstraints_bothHold() {
    there("h", shape(), 1);
    there("i", shape().owner("db"), 1);
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web").spread(1, "db")))
        .containsExactly("i", "j");
    there("i", shape().owner("db"), 1);
    assertThat(allowed(new TopologySpread(), shape().spread(1, "web").spread(1, "db")))
        .containsExactly("j");
  }

  @Test
  void spread_onTheRegion_zonesCountTogether() {
    there("h", shape(), 3);
    var region =
        new SpreadConstraint(REGION, PodScope.in("shop", LabelMatch.EVERYTHING), 1, 1, true, false);
    assertThat(allowed(new TopologySpread(), shape().spread(region)))
        .containsExactly("h", "i", "j");
    sites = cloud().sites(List.of(inRegion("h", "a"), inRegion("i", "a"), inRegion("j", "b")));
    assertThat(allowed(new TopologySpread(), shape().spread(region))).containsExactly("j");
  }

  @Test
  void affinity_onTheRegion_anyOfItsZones() {
    sites = cloud().sites(List.of(inRegion("h", "a"), inRegion("i", "a"), inRegion("j", "b")));
    there("h", shape().owner("db"), 1);
    assertThat(allowed(new PodAffinity(), shape().near(REGION, app("db"))))
        .containsExactly("h", "i");
    assertThat(allowed(new PodAntiAffinity(), shape().awayFrom(REGION, app("db"))))
        .containsExactly("j");
  }

  @Test
  void affinity_companyInAZoneThatIsGone_countsAsNone() {
    there("gone", shape(), 1);
    assertThat(allowed(new PodAffinity(), shape().near("web"))).containsExactly("h", "i", "j");
  }

  @Test
  void affinity_firstOfItsSeriesButTheZoneLacksTheKey_notThere() {
    sites =
        cloud()
            .sites(
                List.of(
                    node("h"),
                    node("i"),
                    new ZoneNode("j", Map.of(), List.of(ZoneNode.OURS), false)));
    assertThat(allowed(new PodAffinity(), shape().near("web"))).containsExactly("h", "i");
  }

  @Test
  void affinity_terminatingPod_isCompanyStill() {
    population.put("leaving", "i", shape().owner("db").crowd(true));
    assertThat(allowed(new PodAffinity(), shape().near("db"))).containsExactly("i");
  }

  @Test
  void affinity_namespacesByLabel_looksThereAndIntoTheListed() {
    population.namespaces().seen("data", Map.of("team", "a"));
    there("h", shape().namespace("data").owner("db"), 1);
    there("i", shape().namespace("listed").owner("db"), 1);
    there("j", shape().owner("db"), 1);
    var scope = new PodScope(Set.of("listed"), TEAM_A, app("db").match());
    assertThat(allowed(new PodAffinity(), shape().near(scope))).containsExactly("h", "i");
    assertThat(allowed(new PodAntiAffinity(), shape().awayFrom(scope))).containsExactly("j");
  }

  @Test
  void antiAffinity_ofWhoIsThereByNamespaceLabels_keepsThoseNamespacesAway() {
    there(
        "i",
        shape().namespace("data").awayFrom(new PodScope(Set.of(), TEAM_A, LabelMatch.EVERYTHING)),
        1);
    assertThat(allowed(new PodAntiAffinity(), shape())).containsExactly("h", "i", "j");
    population.namespaces().seen("shop", Map.of("team", "a"));
    assertThat(allowed(new PodAntiAffinity(), shape())).containsExactly("h", "j");
    assertThat(cures(new PodAntiAffinity(), shape()))
        .containsExactlyInAnyOrder(
            new Cure.PodLeft("data"), new Cure.NamespacesChanged(), new Cure.NodeChanged("i"));
  }

  @Test
  void antiAffinity_selectorOfNothing_keepsNobodyAway() {
    there("i", shape().awayFrom(PodScope.in("shop", LabelMatch.NOTHING)), 1);
    assertThat(
            allowed(
                new PodAntiAffinity(), shape().awayFrom(PodScope.in("shop", LabelMatch.NOTHING))))
        .containsExactly("h", "i", "j");
  }

  @Test
  void cures_ofAffinity_theNamespacesThatItLooksInto() {
    assertThat(cures(new PodAffinity(), shape().near("db")))
        .contains(new Cure.PodCame("shop"))
        .doesNotContain(new Cure.NamespacesChanged());
    var teamA = new PodScope(Set.of("x"), TEAM_A, LabelMatch.EVERYTHING);
    assertThat(cures(new PodAffinity(), shape().near(teamA)))
        .contains(new Cure.PodCame(Cure.ANYWHERE), new Cure.NamespacesChanged());
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
  void affinity_nowhere_saysWhetherItIsTheLabel() {
    assertThat(reason(new PodAffinity(), shape().near("db")))
        .isEqualTo("not matching the pod affinity on topology.kubernetes.io/zone");
    assertThat(reason(new PodAffinity(), shape().near("rack", app("db"))))
        .isEqualTo("not matching the pod affinity on rack, a label that no zone has");
    sites =
        cloud()
            .sites(List.of(new ZoneNode("h", Map.of(), List.of(ZoneNode.OURS), false), node("i")));
    assertThat(reason(new PodAffinity(), shape().near("web")))
        .isEqualTo("without the label topology.kubernetes.io/zone of the pod affinity");
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

  private String reason(PlacementRule rule, Shape shape) {
    return rejected(rule, shape).reason();
  }

  private Set<Cure> cures(PlacementRule rule, Shape shape) {
    return rejected(rule, shape).cures();
  }

  /** Of the first zone that is none for the pod. */
  private Verdict.Reject rejected(PlacementRule rule, Shape shape) {
    var standing = rule.open(shape.build(), population, sites).orElseThrow();
    return sites.stream()
        .filter(site -> !standing.allows(site))
        .findFirst()
        .map(standing::objection)
        .orElseThrow();
  }

  private static PodScope app(String name) {
    return PodScope.in("shop", LabelMatch.allOf(List.of(LabelRule.is("app", name))));
  }

  private static ZoneNode inRegion(String zone, String region) {
    return new ZoneNode(
        zone, Map.of(Shape.ZONE, zone, REGION, region), List.of(ZoneNode.OURS), false);
  }

  private List<String> allowed(PlacementRule rule, Shape shape) {
    var standing = rule.open(shape.build(), population, sites);
    return sites.stream()
        .filter(site -> standing.map(s -> s.check(site).equals(Verdict.PASS)).orElse(true))
        .map(Site::id)
        .toList();
  }
}
