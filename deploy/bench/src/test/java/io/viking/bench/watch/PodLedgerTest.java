package io.viking.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.bench.measure.Cost;
import io.viking.bench.measure.Passage;
import io.viking.bench.watch.SeenPod.Sight;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodLedgerTest {
  private static final Cost FREE = new Cost(Optional.empty(), List.of());

  private final PodLedger ledger = new PodLedger();

  @Test
  void podOnItsWay_isCountedOncePerStation() {
    ledger.seen(pending("a"), 10);
    ledger.seen(bound("a"), 20);
    ledger.seen(bound("a"), 25);
    ledger.seen(running("a", false), 30);
    ledger.seen(running("a", true), 40);
    ledger.seen(running("a", true), 50);

    assertThat(ledger.census()).isEqualTo(new Census(1, 1, 1, 1, 0, 0));
    assertThat(ledger.times())
        .singleElement()
        .satisfies(
            pod -> {
              assertThat(pod.seenAt()).isEqualTo(10);
              assertThat(pod.runningAt()).hasValue(30);
              assertThat(pod.readyAt()).hasValue(40);
              assertThat(pod.goneAt()).isEmpty();
              assertThat(pod.lost()).isFalse();
            });
  }

  @Test
  void podThatEndsOrVanishes_unasked_isLostOnce() {
    ledger.seen(running("a", true), 1);
    ledger.seen(running("b", true), 1);
    ledger.seen(ended("a", "Failed"), 2);
    ledger.gone("uid-a", "a", 3);
    ledger.gone("uid-b", "b", 4);

    assertThat(ledger.census().lost()).isEqualTo(2);
    assertThat(ledger.times()).allMatch(PodTimes::lost);
  }

  @Test
  void podThatEnds_onceDeletionWasAskedFor_isNotLost() {
    ledger.seen(running("a", true), 1);
    ledger.deletionBegins();
    ledger.seen(ended("a", "Succeeded"), 2);
    ledger.gone("uid-a", "a", 3);

    assertThat(ledger.census()).isEqualTo(new Census(1, 1, 1, 1, 0, 1));
  }

  @Test
  void podMadeAgainUnderItsName_isAnother() {
    ledger.seen(new Sight("uid-1", "a", true, "Running", true), 1);
    ledger.gone("uid-1", "a", 2);
    ledger.seen(new Sight("uid-2", "a", true, "Running", true), 3);

    assertThat(ledger.census().seen()).isEqualTo(2);
  }

  @Test
  void passage_lastsFromTheFirstCall_toTheLastArrival() {
    ledger.seen(pending("a"), 110);
    ledger.seen(pending("b"), 120);
    ledger.seen(running("b", true), 200);
    ledger.seen(running("a", true), 350);

    Passage passage = Arrivals.passage(ledger.times(), PodTimes::runningAt, 100, FREE);

    assertThat(passage.pods()).isEqualTo(2);
    assertThat(passage.took()).isEqualTo(Duration.ofNanos(250));
    assertThat(Arrivals.percentiles(ledger.times(), PodTimes::runningAt).max())
        .isEqualTo(Duration.ofNanos(240));
  }

  @Test
  void census_saysWhereThePodsAre() {
    ledger.seen(pending("a"), 1);
    ledger.seen(bound("b"), 1);
    ledger.seen(running("c", true), 1);

    assertThat(ledger.census().where(5))
        .isEqualTo(
            "1 of 5 pods are Running; 2 were not created, 1 have no node, 1 have a node and do not run, 0 are lost");
  }

  private static Sight pending(String name) {
    return new Sight("uid-" + name, name, false, "Pending", false);
  }

  private static Sight bound(String name) {
    return new Sight("uid-" + name, name, true, "Pending", false);
  }

  private static Sight running(String name, boolean ready) {
    return new Sight("uid-" + name, name, true, "Running", ready);
  }

  private static Sight ended(String name, String phase) {
    return new Sight("uid-" + name, name, true, phase, false);
  }
}
