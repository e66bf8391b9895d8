package io.viking.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GoalTest {
  @Test
  void comingUp_countsThoseThatRun() {
    Goal goal = Goal.comingUp(2);

    assertThat(goal.percent(List.of(running("a"), pending("b")))).isEqualTo(50);
    assertThat(goal.isReached(List.of(running("a"), pending("b")))).isFalse();
    assertThat(goal.laggards(List.of(running("a"), pending("b")))).containsExactly(pending("b"));
    assertThat(goal.isReached(List.of(running("a"), running("b")))).isTrue();
    assertThat(goal.isReached(List.of(running("a"), running("b"), pending("c")))).isFalse();
  }

  @Test
  void replacing_wantsOthersInTheirPlace() {
    Goal goal = Goal.replacing(Set.of("a"));

    assertThat(goal.percent(List.of(running("a")))).isZero();
    assertThat(goal.isReached(List.of(running("a")))).isFalse();
    assertThat(goal.percent(List.of(pending("b")))).isEqualTo(50);
    assertThat(goal.isReached(List.of(running("b")))).isTrue();
  }

  @Test
  void keeping_wantsTheRightOnes() {
    Goal goal = Goal.keeping(Set.of("a", "b"), Set.of("b"), 1);

    assertThat(goal.isReached(List.of(running("b")))).isFalse();
    assertThat(goal.isReached(List.of(running("a")))).isTrue();
    assertThat(goal.isReached(List.of())).isFalse();
  }

  @Test
  void emptying_wantsNone() {
    Goal goal = Goal.emptying(Set.of("a", "b"));

    assertThat(goal.percent(List.of(running("b")))).isEqualTo(50);
    assertThat(goal.isReached(List.of())).isTrue();
  }

  @Test
  void ending_countsThoseThatSucceeded() {
    assertThat(Goal.ending(1).isReached(List.of(running("a")))).isFalse();
    assertThat(
            Goal.ending(1)
                .isReached(
                    List.of(new PodSeen("a", "ns", "a", "Succeeded", false, false, "i", "1"))))
        .isTrue();
  }

  private static PodSeen running(String uid) {
    return new PodSeen(uid, "ns", uid, "Running", true, false, "i-" + uid, "1");
  }

  private static PodSeen pending(String uid) {
    return new PodSeen(uid, "ns", uid, "Pending", false, false, "", "1");
  }
}
