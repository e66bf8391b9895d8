package io.viking.syncer.pods;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.Instance;
import io.viking.kube.cache.CacheEvent;
import io.viking.syncer.pods.lifecycle.ApiAnswer;
import io.viking.syncer.pods.manifest.Resolution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the pods' core hears. */
public sealed interface PodsEvent {
  /** What is heard of an event of the pod cache. */
  static PodsEvent of(CacheEvent<V1Pod> event) {
    return switch (event) {
      case CacheEvent.Added<V1Pod>(V1Pod pod) -> new PodSeen(pod);
      case CacheEvent.Updated<V1Pod>(V1Pod _, V1Pod pod) -> new PodSeen(pod);
      case CacheEvent.Deleted<V1Pod>(V1Pod pod, boolean witnessed) -> new PodGone(pod, witnessed);
      case CacheEvent.Synced<V1Pod> _ -> new PodsSynced();
    };
  }

  /** From the pod cache: new or changed, bound or not, ours or not. */
  record PodSeen(V1Pod pod) implements PodsEvent {}

  /**
   * From the pod cache: gone.
   *
   * @param witnessed the API server told of the deletion; otherwise a list was without it
   */
  record PodGone(V1Pod last, boolean witnessed) implements PodsEvent {}

  /** From the pod cache: the first list is through. */
  record PodsSynced() implements PodsEvent {}

  /** From the follower: all instances that exist. */
  record InstancesListed(List<Instance> instances) implements PodsEvent {
    public InstancesListed {
      instances = List.copyOf(instances);
    }
  }

  record InstanceChanged(Instance instance) implements PodsEvent {}

  record InstanceRemoved(Instance last) implements PodsEvent {}

  /** From the follower: the cloud is out of reach. */
  record CloudInterrupted() implements PodsEvent {}

  /** Somebody decided that the orphans that are held may be deleted. */
  record OrphansApproved() implements PodsEvent {}

  /** Something that these pods may wait for has appeared or changed. */
  record ReferencesChanged(List<String> uids) implements PodsEvent {
    public ReferencesChanged {
      uids = List.copyOf(uids);
    }
  }

  /** Timer: a pod's machine wants to be stepped. */
  record Wake(String uid) implements PodsEvent {}

  /** Timer: the cloud's rate limit may have room again. */
  record GateOpens() implements PodsEvent {}

  /** Timer: the safety net. */
  record Resync() implements PodsEvent {}

  /** The answer of a call. One that the core does not wait for is ignored. */
  sealed interface Answer extends PodsEvent {
    long call();
  }

  record Resolved(long call, Resolution resolution) implements Answer {}

  /** One outcome for each item, in order. */
  record CreateAnswered(long call, List<CreateOutcome> outcomes) implements Answer {
    public CreateAnswered {
      outcomes = List.copyOf(outcomes);
    }
  }

  /** One outcome for each item, in order. */
  record DeleteAnswered(long call, List<DeleteOutcome> outcomes) implements Answer {
    public DeleteAnswered {
      outcomes = List.copyOf(outcomes);
    }
  }

  /** Those of the asked that exist. */
  record Found(long call, List<Instance> instances) implements Answer {
    public Found {
      instances = List.copyOf(instances);
    }
  }

  record FindFailed(long call, CloudFailure failure) implements Answer {}

  record StatusAnswered(long call, ApiAnswer answer) implements Answer {}

  record RemoveAnswered(long call, ApiAnswer answer) implements Answer {}

  record EvictAnswered(long call, ApiAnswer answer) implements Answer {}

  /** What has the name now; empty: nothing. */
  record LookedUp(long call, Optional<V1Pod> pod) implements Answer {}

  record LookUpFailed(long call, Optional<Duration> retryAfter) implements Answer {}

  /** What became of one item of a create. */
  sealed interface CreateOutcome {
    record Accepted(Instance instance, boolean created) implements CreateOutcome {}

    record Refused(CloudFailure failure) implements CreateOutcome {}
  }

  /** What became of one item of a delete. */
  sealed interface DeleteOutcome {
    record Accepted() implements DeleteOutcome {}

    record Absent() implements DeleteOutcome {}

    record Refused(CloudFailure failure) implements DeleteOutcome {}
  }
}
