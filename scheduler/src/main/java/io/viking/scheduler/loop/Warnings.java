package io.viking.scheduler.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The events FailedScheduling of pods that wait. A few of each group get theirs at once. The others
 * get it later, so many a second over all groups, each group in turn: who is bound meanwhile costs
 * none, and a thousand replicas without stock do not keep the API server from its work.
 */
final class Warnings {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final int perMinute;
  private final int perSecond;
  private final Set<PodGroup> owing = new LinkedHashSet<>();
  private boolean waits;
  private boolean due;

  /**
   * @param perMinute at once, for each group
   * @param perSecond later, for all groups
   */
  Warnings(int perMinute, int perSecond) {
    this.perMinute = perMinute;
    this.perSecond = perSecond;
  }

  /**
   * A pod waits for what its group was told last.
   *
   * @param news whether its condition says something else yet
   */
  void owe(QueuedPod pod, boolean news, Instant now, Outbox out) {
    PodGroup group = pod.group;
    if (pod.warned.equals(group.message)) {
      return;
    }
    if (news && group.mayWarn(now, perMinute)) {
      warn(pod, out);
    } else {
      group.oweWarning(pod);
      owing.add(group);
    }
  }

  /** The pause is over. */
  void rang() {
    waits = false;
    due = true;
  }

  /** When the decisions of a step are made: whoever waits now has no zone in sight. */
  void flush(Instant now, Outbox out) {
    if (due) {
      due = false;
      int left = perSecond;
      int before;
      do {
        before = left;
        for (PodGroup group : List.copyOf(owing)) {
          if (left > 0 && isTimely(group, now)) {
            left -= warnNext(group, out);
          }
        }
      } while (left > 0 && left < before);
    }
    owing.removeIf(group -> !group.owesWarnings());
    if (!owing.isEmpty() && !waits) {
      waits = true;
      out.timer(now.plus(PAUSE), new SchedulerEvent.WarningsDue());
    }
  }

  private static boolean isTimely(PodGroup group, Instant now) {
    return group.parked.map(reason -> group.isTimely(reason, now)).orElse(true);
  }

  private static int warnNext(PodGroup group, Outbox out) {
    return group
        .nextToWarn()
        .map(
            pod -> {
              warn(pod, out);
              return 1;
            })
        .orElse(0);
  }

  private static void warn(QueuedPod pod, Outbox out) {
    pod.warned = pod.group.message;
    out.effect(new SchedulerEffect.Announce(pod.pod.ref(), true, "FailedScheduling", pod.warned));
  }
}
