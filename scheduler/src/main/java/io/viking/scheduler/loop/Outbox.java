package io.viking.scheduler.loop;

import io.viking.kube.loop.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What one step wants, gathered. */
final class Outbox {
  private final List<SchedulerEffect> effects = new ArrayList<>();
  private final List<Step.Timer<SchedulerEvent>> timers = new ArrayList<>();

  void effect(SchedulerEffect effect) {
    effects.add(effect);
  }

  void timer(Instant at, SchedulerEvent event) {
    timers.add(new Step.Timer<>(at, event));
  }

  Step<SchedulerEvent, SchedulerEffect> toStep() {
    return new Step<>(effects, timers);
  }
}
