package io.viking.scheduler.loop;

import io.viking.scheduler.pod.PodRef;
import io.viking.scheduler.volume.ClaimKey;
import io.viking.scheduler.volume.Volume;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the scheduler wants done. */
public sealed interface SchedulerEffect {
  PodRef pod();

  /**
   * Bind a pod to a zone's Node. Answered by {@link SchedulerEvent.BindAnswered}.
   *
   * @param labels put on the pod in the same write
   * @param annotations likewise
   */
  record Bind(PodRef pod, String zone, Map<String, String> labels, Map<String, String> annotations)
      implements SchedulerEffect {}

  /**
   * Set the condition PodScheduled=False, reason Unschedulable. Answered by {@link
   * SchedulerEvent.ReportAnswered}.
   *
   * @param resourceVersion of the pod that was judged: one that has changed since is left alone
   * @param generation of the spec that was judged; 0 = unknown
   * @param transition when the condition became False; empty if it was
   */
  record Report(
      PodRef pod,
      String resourceVersion,
      String message,
      long generation,
      Optional<Instant> transition)
      implements SchedulerEffect {}

  /** The answer to {@link SchedulerEvent.Asked}, for whoever asked. */
  record Answer(PodRef pod, long question, PodExplanation explanation) implements SchedulerEffect {}

  /**
   * Tell a pod that it is disrupted, and delete it. Answered by {@link
   * SchedulerEvent.PreemptAnswered}.
   */
  record Preempt(PodRef pod, Instant now) implements SchedulerEffect {}

  /**
   * Record an event: Scheduled, Preempted, or the warning FailedScheduling. Best effort, no answer.
   */
  record Announce(PodRef pod, boolean warning, String reason, String message)
      implements SchedulerEffect {}

  /**
   * Say on a claim, as it was seen, for which zone's node its volume is to be made. Answered by
   * {@link SchedulerEvent.ClaimAnswered}.
   */
  record SelectNode(PodRef pod, ClaimKey claim, String claimUid, String claimVersion, String zone)
      implements SchedulerEffect {}

  /**
   * Reserve a free volume, as it was seen, for a claim. Answered by {@link
   * SchedulerEvent.ClaimAnswered}.
   */
  record KeepVolume(PodRef pod, ClaimKey claim, String claimUid, Volume volume)
      implements SchedulerEffect {}
}
