package io.viking.scheduler.loop;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.client.CatalogSnapshot;
import io.viking.kube.cache.CacheEvent;
import io.viking.scheduler.pod.PendingPod;
import io.viking.scheduler.pod.PlacedPod;
import io.viking.scheduler.pod.PodReader;
import io.viking.scheduler.pod.PodRef;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.pod.PodSight;
import io.viking.scheduler.preemption.Budget;
import io.viking.scheduler.volume.Claim;
import io.viking.scheduler.volume.ClaimKey;
import io.viking.scheduler.volume.Volume;
import io.viking.scheduler.volume.VolumeClass;
import io.viking.scheduler.zone.CoolDowns;
import io.viking.scheduler.zone.ZoneNode;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** What the scheduler hears. */
public sealed interface SchedulerEvent {
  /** What is heard of a pod that was seen so. */
  static SchedulerEvent of(PodSight sight) {
    return switch (sight) {
      case PodSight.Waiting(PendingPod pod) -> new PodWaiting(pod);
      case PodSight.Placed(PlacedPod pod) -> new PodPlaced(pod);
      case PodSight.Irrelevant(String uid) -> new PodGone(uid);
    };
  }

  /**
   * What is heard of an event of the pod cache.
   *
   * @param seen what is heard of a pod that is there
   */
  static SchedulerEvent of(CacheEvent<V1Pod> event, Function<V1Pod, SchedulerEvent> seen) {
    return switch (event) {
      case CacheEvent.Added<V1Pod>(V1Pod pod) -> seen.apply(pod);
      case CacheEvent.Updated<V1Pod>(V1Pod _, V1Pod pod) -> seen.apply(pod);
      case CacheEvent.Deleted<V1Pod>(V1Pod pod, boolean _) -> new PodGone(PodReader.ref(pod).uid());
      case CacheEvent.Synced<V1Pod>() -> new PodsListed();
    };
  }

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

  /** A namespace, new or changed. */
  record NamespaceSeen(String name, Map<String, String> labels) implements SchedulerEvent {
    public NamespaceSeen {
      labels = Map.copyOf(labels);
    }
  }

  record NamespaceGone(String name) implements SchedulerEvent {}

  /** All namespaces that exist have been told. */
  record NamespacesListed() implements SchedulerEvent {}

  /** What comes of the cloud's catalog. */
  sealed interface CatalogEvent extends SchedulerEvent {}

  /** The whole catalog, newer than the last. */
  record CatalogChanged(CatalogSnapshot catalog) implements CatalogEvent {}

  /** The cloud answered, and the catalog is as it was. */
  record CatalogConfirmed() implements CatalogEvent {}

  /**
   * The cloud does not answer for its catalog any more.
   *
   * @param heard when it last did
   */
  record CatalogInterrupted(Instant heard) implements CatalogEvent {}

  /** Timer: something that the cloud refused may be tried again. */
  record CoolDownRang(CoolDowns.Alarm alarm) implements SchedulerEvent {}

  /** The answer to {@link SchedulerEffect.Bind}. */
  record BindAnswered(PodRef pod, String zone, BindOutcome outcome) implements SchedulerEvent {}

  /**
   * The answer to {@link SchedulerEffect.Report}.
   *
   * @param resourceVersion that was sent with it
   */
  record ReportAnswered(PodRef pod, String resourceVersion, String message, ReportOutcome outcome)
      implements SchedulerEvent {}

  /**
   * Somebody asks why a pod is where it is, or nowhere. Answered by {@link SchedulerEffect.Answer}.
   *
   * @param question comes back with the answer
   * @param shape as the pod is now, bound or not
   */
  record Asked(long question, PodRef pod, PodShape shape) implements SchedulerEvent {}

  /** About volumes. */
  sealed interface VolumeEvent extends SchedulerEvent {}

  /** A PersistentVolumeClaim, new or changed. */
  record ClaimSeen(Claim claim) implements VolumeEvent {}

  record ClaimGone(ClaimKey claim) implements VolumeEvent {}

  /** A PersistentVolume, new or changed. */
  record VolumeSeen(Volume volume) implements VolumeEvent {}

  record VolumeGone(String name) implements VolumeEvent {}

  /** A StorageClass, new or changed. */
  record ClassSeen(VolumeClass storageClass) implements VolumeEvent {}

  record ClassGone(String name) implements VolumeEvent {}

  /** All that exist of a kind have been told. */
  record VolumesListed(VolumeKind kind) implements VolumeEvent {}

  /** Lists that decide about pods with claims. */
  enum VolumeKind {
    CLAIMS,
    VOLUMES,
    CLASSES
  }

  /** Timer: those lists should have come by now. */
  record VolumeListsLate() implements VolumeEvent {}

  /** The answer to {@link SchedulerEffect.SelectNode} and {@link SchedulerEffect.KeepVolume}. */
  record ClaimAnswered(ClaimKey claim, ClaimOutcome outcome) implements VolumeEvent {}

  /**
   * Timer: the claims of a pod should be bound by now.
   *
   * @param hold an older one is out of date
   */
  record ClaimsLate(String uid, long hold) implements VolumeEvent {}

  /** What matters to the room that is made for pods of higher priority. */
  sealed interface OfRoom extends SchedulerEvent {}

  /** A PodDisruptionBudget, new or changed. */
  record BudgetSeen(Budget budget) implements OfRoom {}

  record BudgetGone(String namespace, String name) implements OfRoom {}

  /** All budgets that exist have been told. */
  record BudgetsListed() implements OfRoom {}

  /**
   * The answer to {@link SchedulerEffect.Preempt}.
   *
   * @param going it is on its way out, or gone; false: it stays
   */
  record PreemptAnswered(PodRef pod, boolean going) implements OfRoom {}

  /** Timer: those who wait and have had no event yet may get theirs. */
  record WarningsDue() implements SchedulerEvent {}

  /** Timer: a pod whose bind failed may be tried again. */
  record PodRetry(String uid) implements SchedulerEvent {}

  /**
   * Timer: a group that waits may be tried again.
   *
   * @param round of its waiting; an older one is out of date
   */
  record GroupRetry(PodShape shape, long round) implements SchedulerEvent {}
}
