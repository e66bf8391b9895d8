package io.viking.syncer.pods;

import io.viking.kube.loop.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.stream.Stream;

/** A core by itself: what it asks for is answered at once, and its timers ring for a minute. */
final class MinuteOfACore {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private MinuteOfACore() {}

  /**
   * @param first what it hears at the beginning
   */
  static void run(
      PodsCore core, List<PodsEvent> first, Function<PodsEffect, Stream<PodsEvent>> answer) {
    var timers = new PriorityQueue<Step.Timer<PodsEvent>>(Comparator.comparing(Step.Timer::at));
    List<PodsEvent> events = first;
    Instant now = START;
    while (!events.isEmpty()) {
      Step<PodsEvent, PodsEffect> step = core.step(events, now);
      timers.addAll(step.timers());
      events = step.effects().stream().flatMap(answer).toList();
      if (events.isEmpty() && timers.peek().at().isBefore(START.plus(Duration.ofMinutes(1)))) {
        now = timers.peek().at();
        events = List.of(timers.remove().event());
      }
    }
  }
}
