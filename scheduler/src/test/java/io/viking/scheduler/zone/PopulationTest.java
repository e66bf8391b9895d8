package io.viking.scheduler.zone;

import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.pod.Crowd;
import org.junit.jupiter.api.Test;

class PopulationTest {
  private static final Crowd WEB = shape().crowd();
  private static final Crowd DB = shape().owner("db").awayFrom("web").crowd();

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
    assertThat(population.count(_ -> true)).isEmpty();
    assertThat(population.size()).isZero();
  }

  @Test
  void count_terminating_leavesTheSpreadButNotTheZone() {
    population.put("a", "h", WEB);
    population.put("a", "h", shape().crowd(true));
    assertThat(population.count(WEB.workload(), "h")).isZero();
    assertThat(population.count(_ -> true).count("h")).isEqualTo(1);
  }

  @Test
  void count_namespace_looksAtNoOther() {
    population.put("a", "h", WEB);
    population.put("b", "i", shape().namespace("other").crowd());
    assertThat(population.count("shop", _ -> true)).containsExactly("h");
  }

  @Test
  void countCreated_followsWhatBecomesOfAPod() {
    population.put("a", "h", WEB);
    assertThat(population.countCreated("shop", _ -> true)).isEmpty();

    population.put("a", "h", WEB, true);
    population.put("b", "h", WEB, true);
    assertThat(population.countCreated("shop", _ -> true)).containsExactly("h", "h");
    assertThat(population.count("shop", _ -> true)).hasSize(2);

    population.put("a", "i", WEB, true);
    population.put("b", "h", shape().crowd(true), true);
    assertThat(population.countCreated("shop", crowd -> !crowd.terminating())).containsExactly("i");

    population.put("a", "i", WEB, false);
    population.remove("b");
    assertThat(population.countCreated("shop", _ -> true)).isEmpty();
    assertThat(population.count("shop", _ -> true)).containsExactly("i");
  }

  @Test
  void guards_crowdsWithAntiAffinity_whileSomebodyIsThere() {
    population.put("a", "h", WEB);
    population.put("b", "i", DB);
    assertThat(population.guards()).containsExactly(DB);
    assertThat(population.zonesOf(DB)).containsExactly("i");
    population.remove("b");
    assertThat(population.guards()).isEmpty();
    assertThat(population.zonesOf(DB)).isEmpty();
  }
}
