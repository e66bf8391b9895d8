package io.viking.scheduler.loop;

import io.viking.scheduler.pod.PodRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the scheduler wants done. */
public sealed interface SchedulerEffect {
  PodRef pod();

  /** Bind a pod to a zone's Node. Answered by {@link SchedulerEvent.BindAnswered}. */
  record Bind(PodRef pod, String zone, Map<String, String> annotations)
      implements SchedulerEffect {}

  /**
   * Set the condition PodScheduled=False, reason Unschedulable. Answered by {@link
   * SchedulerEvent.ReportAnswered}.
   *
   * @param generation of the spec that was judged; 0 = unknown
   * @param transition when the condition became False; empty if it was
   */
  record Report(PodRef pod, String message, long generation, Optional<Instant> transition)
      implements SchedulerEffect {}

  /** Record an event: Scheduled, or the warning FailedScheduling. Best effort, no answer. */
  record Announce(PodRef pod, boolean warning, String reason, String message)
      implements SchedulerEffect {}
}
