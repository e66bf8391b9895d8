package io.viking.scheduler.preemption;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.pod.Crowd;
import io.viking.scheduler.pod.Occupant;
import io.viking.scheduler.pod.PodRef;
import io.viking.scheduler.pod.Ties;
import io.viking.scheduler.pod.Workload;
import io.viking.scheduler.selector.LabelMatch;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.zone.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods are written name:priority:age in minutes:milli-vCPU:app. */
class VictimChoiceTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final Budgets budgets = new Budgets();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        // what            | pods | each | instances | vCPU | who is there
        //       | who goes | fit
        "nobody needed     | 2 | 1000 | 2 | 2000 | a:0:1:1000:x                                            |          | 2",
        "as many as needed | 2 | 1000 | 0 | 9000 | a:0:1:1000:x b:0:2:1000:x c:0:3:1000:x                  | a b      | 2",
        "some room left    | 3 | 1000 | 1 | 9000 | a:0:1:1000:x b:0:2:1000:x c:0:3:1000:x                  | a b      | 3",
        "lowest first      | 1 | 1000 | 0 | 9000 | a:5:1:1000:x b:0:9:1000:x                               | b        | 1",
        "then the youngest | 1 | 1000 | 0 | 9000 | a:0:9:1000:x b:0:1:1000:x c:0:5:1000:x                  | b        | 1",
        "never the equal   | 2 | 1000 | 0 | 9000 | a:10:1:1000:x b:99:1:1000:x                             |          | 0",
        "for some of them  | 3 | 1000 | 0 | 9000 | a:0:1:1000:x b:10:1:1000:x                              | a        | 1",
        "vCPU: both needed | 1 | 2000 | 5 | 0    | a:0:1:1000:x b:0:2:1000:x c:0:3:1000:x                  | a b      | 1",
        "vCPU: one is enough, the others are spared | 1 | 4000 | 5 | 0 | a:0:1:1000:x b:0:2:1000:x c:1:3:4000:x | c   | 1",
        "vCPU: not enough for one, nobody goes      | 1 | 8000 | 5 | 0 | a:0:1:1000:x b:0:2:1000:x           |          | 0",
        "vCPU: enough for one of two                | 2 | 2000 | 5 | 0 | a:0:1:1000:x b:0:2:1000:x c:0:3:1000:x | a b | 1",
        "owing to others   | 1 | 1000 | -1 | 9000 | a:0:1:1000:x b:0:2:1000:x c:0:3:1000:x                 | a b      | 1",
        "size not known    | 1 | 1000 | 5 | 0    | a:0:1:0:x b:0:2:1000:x                                  | b        | 1",
      })
  void of_table(
      String what,
      int pods,
      long each,
      long freeInstances,
      long freeMilliVcpu,
      String there,
      @org.jspecify.annotations.Nullable String goes,
      long fit) {
    var choice = choose(new Shortfall(pods, each, freeInstances, freeMilliVcpu), there);
    assertThat(names(choice))
        .containsExactlyInAnyOrder(goes == null ? new String[0] : goes.split(" "));
    assertThat(choice.fit()).isEqualTo(fit);
    assertThat(choice.guarded()).isFalse();
  }

  @Test
  void of_quotaThatIsNotBounded_countsForNothing() {
    var choice = choose(new Shortfall(1, 1000, 0, Shelf.UNBOUNDED), "a:0:1:0:x b:0:2:0:x");
    assertThat(names(choice)).containsExactly("a");
  }

  @Test
  void of_budget_isCountedDownAndTheRestIsGuarded() {
    budgets.put(budget("x", 1));
    var choice = choose(new Shortfall(3, 1000, 0, 9000), "a:0:1:1:x b:0:2:1:x c:0:3:1:x d:5:1:1:y");
    assertThat(names(choice)).containsExactly("a", "d");
    assertThat(choice.guarded()).isTrue();
    assertThat(choice.fit()).isEqualTo(2);
  }

  @Test
  void of_severalBudgetsCoverAPod_allMustAllowIt() {
    budgets.put(budget("x", 5));
    budgets.put(new Budget("shop", "all", LabelMatch.allOf(List.of()), 0));
    assertThat(names(choose(new Shortfall(1, 1000, 0, 9000), "a:0:1:1000:x"))).isEmpty();
    budgets.put(new Budget("shop", "all", LabelMatch.allOf(List.of()), 1));
    assertThat(names(choose(new Shortfall(2, 1000, 0, 9000), "a:0:1:1:x b:0:2:1:x")))
        .containsExactly("a");
  }

  @Test
  void of_budgetOfAnotherNamespaceOrLabel_guardsNobody() {
    budgets.put(new Budget("elsewhere", "x", LabelMatch.allOf(List.of()), 0));
    budgets.put(budget("y", 0));
    budgets.put(new Budget("shop", "none", LabelMatch.NOTHING, 0));
    assertThat(names(choose(new Shortfall(1, 1000, 0, 9000), "a:0:1:1000:x"))).containsExactly("a");
  }

  @Test
  void countdown_disruptionThatTheBudgetMayNotShowYet_isTakenOffUntilItMust() {
    budgets.put(budget("x", 1));
    var shortfall = new Shortfall(1, 1000, 0, 9000);
    budgets.spend("earlier", crowd("x"));
    assertThat(names(choose(shortfall, "a:0:1:1000:x"))).as("asked for").isEmpty();
    budgets.told("earlier", NOW);
    assertThat(names(choose(shortfall, "a:0:1:1000:x"))).as("told").isEmpty();
    budgets.told("earlier", NOW.minus(Duration.ofSeconds(10)));
    assertThat(names(choose(shortfall, "a:0:1:1000:x"))).as("counted").containsExactly("a");
    budgets.spend("later", crowd("x"));
    budgets.notSpent("later");
    assertThat(names(choose(shortfall, "a:0:1:1000:x"))).as("not done").containsExactly("a");
  }

  private VictimChoice choose(Shortfall shortfall, String there) {
    var occupants = new Occupants();
    for (String pod : there.split(" ")) {
      String[] part = pod.split(":");
      occupants.put(
          new Occupant(
              new PodRef("shop", part[0], "uid-" + part[0]),
              Integer.parseInt(part[1]),
              NOW.minus(Duration.ofMinutes(Long.parseLong(part[2]))),
              part[3]),
          crowd(part[4]));
    }
    Stream<Victim> candidates =
        occupants
            .below(10)
            .map(
                entry ->
                    new Victim(
                        entry.occupant(), entry.crowd(), Long.parseLong(entry.occupant().type())));
    return VictimChoice.of(candidates::iterator, shortfall, budgets.countdown(NOW));
  }

  private static Budget budget(String app, int allowed) {
    return new Budget("shop", app, LabelMatch.allOf(List.of(LabelRule.is("app", app))), allowed);
  }

  private static Crowd crowd(String app) {
    Map<String, String> labels = Map.of("app", app);
    return new Crowd(Workload.of("shop", app, labels), labels, false, Ties.NONE);
  }

  private static List<String> names(VictimChoice choice) {
    return choice.victims().stream().map(victim -> victim.occupant().ref().name()).toList();
  }
}
