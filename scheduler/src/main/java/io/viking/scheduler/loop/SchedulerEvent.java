package io.viking.scheduler.loop;

import io.viking.cloud.client.CatalogSnapshot;
import io.viking.scheduler.pod.PendingPod;
import io.viking.scheduler.pod.PlacedPod;
import io.viking.scheduler.pod.PodRef;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.zone.CoolDowns;
import io.viking.scheduler.zone.ZoneNode;

/** What the scheduler hears. */
public sealed interface SchedulerEvent {
  /** A pod of ours without a zone, new or changed. */
  record PodWaiting(PendingPod pod) implements SchedulerEvent {}

  /** A pod with a zone, whoever bound it, new or changed. */
  record PodPlaced(PlacedPod pod) implements SchedulerEvent {}

  /** A pod that is gone, has ended, or is none of ours. */
  record PodGone(String uid) implements SchedulerEvent {}

  /** All pods that exist have been told. */
  record PodsListed() implements SchedulerEvent {}

  /** A Node, new or changed. */
  record NodeSeen(ZoneNode node) implements SchedulerEvent {}

  record NodeGone(String name) implements SchedulerEvent {}

  /** All nodes that exist have been told. */
  record NodesListed() implements SchedulerEvent {}

  /** The whole catalog, newer than the last. */
  record CatalogChanged(CatalogSnapshot catalog) implements SchedulerEvent {}

  /** Timer: something that the cloud refused may be tried again. */
  record CoolDownRang(CoolDowns.Alarm alarm) implements SchedulerEvent {}

  /** The answer to {@link SchedulerEffect.Bind}. */
  record BindAnswered(PodRef pod, String zone, BindOutcome outcome) implements SchedulerEvent {}

  /**
   * The answer to {@link SchedulerEffect.Report}.
   *
   * @param written false if it may work later; a pod that is gone counts as written
   */
  record ReportAnswered(PodRef pod, String message, boolean written) implements SchedulerEvent {}

  /** Timer: a pod whose bind failed may be tried again. */
  record PodRetry(String uid) implements SchedulerEvent {}

  /**
   * Timer: a group that waits may be tried again.
   *
   * @param round of its waiting; an older one is out of date
   */
  record GroupRetry(PodShape shape, long round) implements SchedulerEvent {}
}
