package io.viking.scheduler.loop;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * Tells pods why they wait: each its condition, whenever the words change, and an event by {@link
 * Warnings}.
 */
final class Reporter {
  private final int atMost;
  private final Warnings warnings;
  private final Predicate<String> isHeld;
  private final Queue<QueuedPod> line = new ArrayDeque<>();
  private int inFlight;

  /**
   * @param isHeld of a pod that has a zone, by UID: its bind waits for its claims
   */
  Reporter(CoreConfig config, Predicate<String> isHeld) {
    this.atMost = config.reportsInFlight();
    this.warnings = new Warnings(config.warningsPerMinute(), config.warningsPerSecond());
    this.isHeld = isHeld;
  }

  /** Gives how many pods have something new to hear. */
  int tell(PodGroup group, String message, Instant now, Outbox out) {
    int news = 0;
    for (QueuedPod pod : group.audience(message)) {
      if (pod.state != QueuedPod.State.WAITING || pod.group != group) {
        continue;
      }
      pod.toTell = message;
      boolean isNews = !message.equals(pod.told);
      if (isNews) {
        news++;
        line.add(pod);
      }
      warnings.owe(pod, isNews, now, out);
    }
    return news;
  }

  /**
   * A pod waits for its volumes now. What it was told before it had a zone is true no more; who was
   * told nothing needs no write.
   */
  void tellHeld(QueuedPod pod, String message) {
    if (pod.conditionPresent && !message.equals(pod.told)) {
      pod.toTell = message;
      line.add(pod);
    }
  }

  /** The pause after the last events is over. */
  void warningsDue() {
    warnings.rang();
  }

  /** Sends what may be sent now, when all decisions of a step are made. */
  void flush(Instant now, Outbox out) {
    report(now, out);
    warnings.flush(now, out);
  }

  private void report(Instant now, Outbox out) {
    while (inFlight < atMost) {
      QueuedPod pod = line.poll();
      if (pod == null) {
        return;
      }
      if (isWithoutBind(pod) && !pod.reporting && !pod.toTell.equals(pod.told)) {
        pod.reporting = true;
        inFlight++;
        out.effect(
            new SchedulerEffect.Report(
                pod.pod.ref(),
                pod.pod.resourceVersion(),
                pod.toTell,
                pod.pod.generation(),
                pod.conditionPresent ? Optional.empty() : Optional.of(now)));
      }
    }
  }

  /** A pod that has changed hears what it could not be told before. */
  void seen(QueuedPod pod) {
    if (pod.outdated) {
      pod.outdated = false;
      line.add(pod);
    }
  }

  /**
   * A pod that could not be told hears it at the group's next round; one that had changed hears it
   * as soon as we have seen how.
   */
  void answered(Optional<QueuedPod> queued, SchedulerEvent.ReportAnswered answer) {
    inFlight--;
    if (queued.isEmpty()) {
      return;
    }
    QueuedPod pod = queued.get();
    pod.reporting = false;
    switch (answer.outcome()) {
      case WRITTEN -> {
        pod.told = answer.message();
        pod.conditionPresent = true;
        if (isWithoutBind(pod) && !pod.toTell.equals(pod.told)) {
          line.add(pod);
        }
      }
      case OUTDATED -> {
        if (pod.pod.resourceVersion().equals(answer.resourceVersion())) {
          pod.outdated = true;
        } else {
          line.add(pod);
        }
      }
      case FAILED -> {
        if (pod.state == QueuedPod.State.WAITING) {
          pod.group.notTold(pod);
        }
      }
    }
  }

  private boolean isWithoutBind(QueuedPod pod) {
    return pod.state == QueuedPod.State.WAITING
        || pod.state == QueuedPod.State.ASSUMED && isHeld.test(pod.uid());
  }
}
