package io.viking.scheduler.loop;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Tells pods why they wait: each its condition, whenever the words change, and some of each group
 * an event.
 */
final class Reporter {
  private final CoreConfig config;
  private final Queue<QueuedPod> line = new ArrayDeque<>();
  private int inFlight;

  Reporter(CoreConfig config) {
    this.config = config;
  }

  /** Gives how many pods have something new to hear. */
  int tell(PodGroup group, String message, Instant now, Consumer<SchedulerEffect> out) {
    int news = 0;
    for (QueuedPod pod : group.audience(message)) {
      if (pod.state != QueuedPod.State.WAITING || pod.group != group) {
        continue;
      }
      pod.toTell = message;
      if (message.equals(pod.told)) {
        continue;
      }
      news++;
      line.add(pod);
      if (group.mayWarn(now, config.warningsPerMinute())) {
        out.accept(new SchedulerEffect.Announce(pod.pod.ref(), true, "FailedScheduling", message));
      }
    }
    return news;
  }

  void flush(Instant now, Consumer<SchedulerEffect> out) {
    while (inFlight < config.reportsInFlight()) {
      QueuedPod pod = line.poll();
      if (pod == null) {
        return;
      }
      if (pod.state == QueuedPod.State.WAITING && !pod.reporting && !pod.toTell.equals(pod.told)) {
        pod.reporting = true;
        inFlight++;
        out.accept(
            new SchedulerEffect.Report(
                pod.pod.ref(),
                pod.toTell,
                pod.pod.generation(),
                pod.conditionPresent ? Optional.empty() : Optional.of(now)));
      }
    }
  }

  /** A pod that could not be told hears it at the group's next round. */
  void answered(Optional<QueuedPod> queued, SchedulerEvent.ReportAnswered answer) {
    inFlight--;
    if (queued.isEmpty()) {
      return;
    }
    QueuedPod pod = queued.get();
    pod.reporting = false;
    if (answer.written()) {
      pod.told = answer.message();
      pod.conditionPresent = true;
      if (pod.state == QueuedPod.State.WAITING && !pod.toTell.equals(pod.told)) {
        line.add(pod);
      }
    } else if (pod.state == QueuedPod.State.WAITING) {
      pod.group.notTold(pod);
    }
  }
}
