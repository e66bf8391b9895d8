package io.viking.scheduler.zone;

import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Multiset;
import io.viking.scheduler.pod.Crowd;
import io.viking.scheduler.pod.PodScope;
import io.viking.scheduler.selector.LabelMatch;
import io.viking.scheduler.selector.LabelRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PopulationTest {
  private static final Crowd WEB = shape().crowd();
  private static final Crowd DB = shape().owner("db").awayFrom("web").crowd();
  private static final PodScope SHOP = PodScope.in("shop", LabelMatch.EVERYTHING);
  private static final PodScope ALL =
      new PodScope(Set.of(), LabelMatch.EVERYTHING, LabelMatch.EVERYTHING);

  private final Population population = new Population();

  @Test
  void count_putMovedRemoved_follows() {
    population.put("a", "h", WEB);
    population.put("b", "h", WEB);
    population.put("b", "h", WEB);
    assertThat(population.count(WEB.workload(), "h")).isEqualTo(2);
    assertThat(population.put("b", "i", WEB)).contains(new Population.Spot("h", WEB, false));
    assertThat(population.count(WEB.workload(), "h")).isEqualTo(1);
    assertThat(population.count(WEB.workload(), "i")).isEqualTo(1);
    population.remove("a");
    population.remove("b");
    assertThat(population.count(WEB.workload(), "i")).isZero();
    assertThat(population.count(ALL)).isEmpty();
    assertThat(population.size()).isZero();
  }

  @Test
  void count_terminating_leavesTheSpreadButNotTheZone() {
    population.put("a", "h", WEB);
    population.put("a", "h", shape().crowd(true));
    assertThat(population.count(WEB.workload(), "h")).isZero();
    assertThat(population.count(ALL).count("h")).isEqualTo(1);
  }

  @Test
  void residents_areThoseOfAllWorkloads_withoutThoseOnTheirWayOut() {
    population.put("a", "h", WEB);
    population.put("b", "h", DB);
    population.put("c", "i", WEB);
    assertThat(population.residents("h")).isEqualTo(2);
    assertThat(population.count(WEB.workload())).isEqualTo(2);
    population.put("a", "h", shape().crowd(true));
    population.remove("c");
    assertThat(population.residents("h")).isEqualTo(1);
    assertThat(population.residents("i")).isZero();
    assertThat(population.count(WEB.workload())).isZero();
  }

  @Test
  void count_namespace_looksAtNoOther() {
    population.put("a", "h", WEB);
    population.put("b", "i", shape().namespace("other").crowd());
    assertThat(population.count(PodScope.in("shop", LabelMatch.EVERYTHING))).containsExactly("h");
    assertThat(population.count(PodScope.in("none", LabelMatch.EVERYTHING))).isEmpty();
  }

  @Test
  void countCreated_followsWhatBecomesOfAPod() {
    population.put("a", "h", WEB);
    assertThat(population.countCreated(SHOP, _ -> true)).isEmpty();

    population.put("a", "h", WEB, true);
    population.put("b", "h", WEB, true);
    assertThat(population.countCreated(SHOP, _ -> true)).containsExactly("h", "h");
    assertThat(population.count(SHOP)).hasSize(2);

    population.put("a", "i", WEB, true);
    population.put("b", "h", shape().crowd(true), true);
    assertThat(population.countCreated(SHOP, crowd -> !crowd.terminating())).containsExactly("i");

    population.put("a", "i", WEB, false);
    population.remove("b");
    assertThat(population.countCreated(SHOP, _ -> true)).isEmpty();
    assertThat(population.count(SHOP)).containsExactly("i");
  }

  @Test
  void guardsAgainst_antiAffinity_whileSomebodyIsThere() {
    population.put("a", "h", WEB);
    population.put("b", "i", DB);
    population.put("c", "i", DB);
    population.put("d", "j", DB);
    assertThat(population.guardsAgainst(DB)).isEmpty();
    assertThat(population.guardsAgainst(WEB))
        .singleElement()
        .satisfies(
            held -> {
              assertThat(held.namespace()).isEqualTo("shop");
              assertThat(held.zones()).containsExactlyInAnyOrder("i", "i", "j");
            });
    List.of("b", "c", "d").forEach(population::remove);
    assertThat(population.guardsAgainst(WEB)).isEmpty();
  }

  @Test
  void guardsAgainst_termsOfAnyKind_areFound() {
    var notDb = new LabelRule("app", LabelRule.Operator.NOT_IN, Set.of("db"));
    var either = new LabelRule("app", LabelRule.Operator.IN, Set.of("web", "cache"));
    population.put("a", "h", shape().owner("a").awayFrom(in("shop", notDb)).crowd());
    population.put("b", "i", shape().owner("b").awayFrom(in("shop", either)).crowd());
    population.put("c", "j", shape().owner("c").awayFrom(ALL).crowd());
    population.put("d", "k", shape().owner("d").awayFrom(in("other", either)).crowd());
    population.put(
        "e", "l", shape().owner("e").awayFrom(PodScope.in("shop", LabelMatch.NOTHING)).crowd());
    assertThat(guarded(WEB)).containsExactly("h", "i", "j");
    assertThat(guarded(shape().owner("db").crowd())).containsExactly("j");
    assertThat(guarded(shape().namespace("other").owner("cache").crowd()))
        .containsExactly("j", "k");
  }

  @Test
  void pullsOn_preferredAndRequiredTerms_withTheirWeights() {
    population.put("a", "h", shape().owner("a").preferPods(20, "web").crowd());
    population.put("b", "i", shape().owner("b").preferPods(-7, "web").crowd());
    population.put("c", "j", shape().owner("c").near("web").crowd());
    assertThat(population.pullsOn(WEB).stream().map(HeldTerm::weight))
        .containsExactlyInAnyOrder(20, -7, 1);
    assertThat(population.pullsOn(DB)).isEmpty();
    List.of("a", "b", "c").forEach(population::remove);
    assertThat(population.pullsOn(WEB)).isEmpty();
  }

  @Test
  void count_selectors_asIfEveryCrowdWereTried() {
    population.put("a", "h", labels(Map.of("app", "web", "tier", "front")));
    population.put("b", "i", labels(Map.of("app", "db", "tier", "back")));
    population.put("c", "j", labels(Map.of("tier", "back")));
    assertThat(counted(LabelRule.is("app", "web"))).containsExactly("h");
    population.put("d", "h", labels(Map.of("app", "db")));
    assertThat(counted(LabelRule.is("app", "db"))).containsExactlyInAnyOrder("i", "h");
    assertThat(counted(LabelRule.is("app", "db"), LabelRule.is("tier", "back")))
        .containsExactly("i");
    assertThat(counted(new LabelRule("app", LabelRule.Operator.IN, Set.of("web", "db", "none"))))
        .containsExactlyInAnyOrder("h", "h", "i");
    assertThat(counted(new LabelRule("app", LabelRule.Operator.DOES_NOT_EXIST, Set.of())))
        .containsExactly("j");
    population.remove("b");
    assertThat(counted(LabelRule.is("app", "db"))).containsExactly("h");
    assertThat(population.count(PodScope.in("shop", LabelMatch.NOTHING))).isEmpty();
  }

  @Test
  void namespaces_chosenByLabel_followTheirLabels() {
    var team = LabelMatch.allOf(List.of(LabelRule.is("team", "a")));
    var scope = new PodScope(Set.of("shop"), team, LabelMatch.EVERYTHING);
    population.put("a", "h", WEB);
    population.put("b", "i", shape().namespace("other").crowd());
    assertThat(population.count(scope)).containsExactly("h");
    assertThat(population.namespaces().seen("other", Map.of("team", "a"))).isTrue();
    assertThat(population.namespaces().seen("other", Map.of("team", "a"))).isFalse();
    assertThat(population.count(scope)).containsExactlyInAnyOrder("h", "i");
    population.put("c", "j", shape().owner("c").awayFrom(scope).crowd());
    assertThat(guarded(shape().namespace("other").crowd())).containsExactly("j");
    population.namespaces().gone("other");
    assertThat(guarded(shape().namespace("other").crowd())).isEmpty();
    var byName = LabelMatch.allOf(List.of(LabelRule.is("kubernetes.io/metadata.name", "other")));
    assertThat(population.count(new PodScope(Set.of(), byName, LabelMatch.EVERYTHING)))
        .containsExactly("i");
  }

  private Multiset<String> counted(LabelRule... rules) {
    var match = LabelMatch.allOf(List.of(rules));
    var inShop = population.count(PodScope.in("shop", match));
    assertThat(population.count(new PodScope(Set.of(), LabelMatch.EVERYTHING, match)))
        .isEqualTo(inShop);
    return inShop;
  }

  private List<String> guarded(Crowd crowd) {
    return population.guardsAgainst(crowd).stream()
        .flatMap(held -> held.zones().stream())
        .sorted()
        .toList();
  }

  private static Crowd labels(Map<String, String> labels) {
    return shape().labels(labels).crowd();
  }

  private static PodScope in(String namespace, LabelRule rule) {
    return PodScope.in(namespace, LabelMatch.allOf(List.of(rule)));
  }
}
