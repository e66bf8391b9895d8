package io.viking.cli.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cli.parts.LoopPart.Condition;
import io.viking.cli.parts.LoopPart.State;
import io.viking.kube.election.Standing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicaTest {
  private static final LoopPart PART =
      new LoopPart("pods", () -> new Condition(State.READY, "all is well"));
  private static final Standing OURS = new Standing(true, "me");
  private static final Standing ANOTHERS = new Standing(false, "her");
  private static final Standing NOBODYS = new Standing(false, "");

  private static Condition condition(Standing... of) {
    return Replica.condition(PART, List.of(of), Optional.empty());
  }

  @Test
  void whoLeads_isAsItsPartIs_andSaysOfWhichShards() {
    assertThat(condition(OURS)).isEqualTo(new Condition(State.READY, "leads; all is well"));
    assertThat(condition(OURS, ANOTHERS, OURS))
        .isEqualTo(new Condition(State.READY, "leads shards [0, 2] of 3; all is well"));
  }

  @Test
  void whileOthersLead_thisOneStandsBy() {
    assertThat(condition(ANOTHERS, NOBODYS)).isEqualTo(new Condition(State.STANDBY, "for her"));
  }

  @Test
  void whileNobodyLeads_thisOneIsNotReady() {
    assertThat(condition(NOBODYS, NOBODYS))
        .isEqualTo(new Condition(State.STARTING, "nobody leads"));
  }

  @Test
  void whileOthersDivideTheWorkOtherwise_thisOneStandsBy_soThatARolloutEnds() {
    assertThat(Replica.condition(PART, List.of(NOBODYS), Optional.of("him")))
        .isEqualTo(new Condition(State.STANDBY, "for him, which divides the work otherwise"));
  }
}
