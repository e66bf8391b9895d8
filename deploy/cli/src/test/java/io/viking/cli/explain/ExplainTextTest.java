package io.viking.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.decision.Review.Check;
import io.viking.scheduler.decision.Review.Mark;
import io.viking.scheduler.loop.PodExplanation;
import io.viking.scheduler.loop.PodExplanation.State;
import io.viking.scheduler.loop.PodExplanation.Zone;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainTextTest {
  private static final Check NO_STOCK = new Check("Stock", "out of stock for 1-2Gi");

  @Test
  void waitingPod_showsReasonsOnceAndOrder() {
    String message = "0/3 zones are available: 2 out of stock for 1-2Gi, 1 cordoned.";
    var explanation =
        new PodExplanation(
            "shop",
            "web-0",
            State.WAITING,
            "",
            message,
            "to j, as 1-2Gi",
            List.of(new Check("Flaws", "")),
            List.of(
                new Zone("h", List.of(new Check("Taints", ""), NO_STOCK), List.of(), 0),
                new Zone("i", List.of(new Check("Taints", "cordoned"), NO_STOCK), List.of(), 0),
                new Zone(
                    "j",
                    List.of(new Check("Taints", ""), new Check("Stock", "")),
                    List.of(new Mark("Cheapest", 61_260, "0.2205 per hour")),
                    1)));

    assertThat(ExplainText.of(explanation))
        .isEqualToNormalizingNewlines(
            """
            Pod shop/web-0 waits: 0/3 zones are available: 2 out of stock for 1-2Gi, 1 cordoned.
            Decided now: to j, as 1-2Gi.

            FILTER   h        i        j
            Flaws    pass     pass     pass
            Taints   pass     no (1)   pass
            Stock    no (2)   no (2)   pass

            SCORE      h   i   j
            Cheapest   -   -   0.2205 per hour
            ORDER      -   -   1

            (1) cordoned
            (2) out of stock for 1-2Gi
            """);
  }

  @Test
  void scores_thatTellNoZoneFromAnother_areOnlyCounted() {
    List<Check> passes = List.of(new Check("Taints", ""));
    var explanation =
        new PodExplanation(
            "shop",
            "web-0",
            State.BOUND,
            "h",
            "it is bound to the zone h",
            "",
            List.of(),
            List.of(
                new Zone(
                    "h",
                    passes,
                    List.of(new Mark("A", 0, "0"), new Mark("B", 1, "one"), new Mark("C", 2, "2")),
                    2),
                new Zone(
                    "i",
                    passes,
                    List.of(new Mark("A", 0, "0"), new Mark("B", 0, "none"), new Mark("C", 2, "2")),
                    1)));

    assertThat(ExplainText.of(explanation))
        .isEqualToNormalizingNewlines(
            """
            Pod shop/web-0 has a zone: it is bound to the zone h.

            SCORE   h     i
            B       one   none
            ORDER   2     1
            2 scores are the same in all of these zones.
            """);
  }

  @Test
  void podThatNoTypeHolds_showsWhatIsAskedBeforeAnyZone() {
    String reason = "the pod asks for 200 vCPU, 2 GiB, more than any instance type has";
    String message = "0/3 zones are available: " + reason + ".";
    var explanation =
        new PodExplanation(
            "shop",
            "big",
            State.WAITING,
            "",
            message,
            message,
            List.of(new Check("Flaws", ""), new Check("Types", reason)),
            List.of());

    assertThat(ExplainText.of(explanation))
        .isEqualToNormalizingNewlines(
            """
            Pod shop/big waits: 0/3 zones are available: the pod asks for 200 vCPU, 2 GiB, more than any instance type has.

            FILTER   ANY ZONE
            Flaws    pass
            Types    no (1)

            (1) the pod asks for 200 vCPU, 2 GiB, more than any instance type has
            """);
  }

  @Test
  void podOfAnotherScheduler_isOneSentence() {
    var explanation =
        new PodExplanation(
            "shop", "web-0", State.NOT_OURS, "", "is not ours", "", List.of(), List.of());

    assertThat(ExplainText.of(explanation))
        .isEqualToNormalizingNewlines("Pod shop/web-0 is not ours.\n");
  }
}
