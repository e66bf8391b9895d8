package io.viking.syncer.pods.lifecycle;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.Instance;
import io.viking.syncer.pods.manifest.Resolution;
import java.time.Duration;
import java.util.Optional;

/** What a pod's machine hears. */
public sealed interface PodInput {
  /** The object is there, in this state. */
  record PodSeen(V1Pod pod, boolean ours, String hostIp) implements PodInput {}

  /**
   * The object is gone.
   *
   * @param witnessed the API server told of the deletion: somebody wanted it, however many there
   *     are
   */
  record PodGone(boolean witnessed) implements PodInput {}

  /** The follower tells of its instance. */
  record InstanceSeen(Instance instance) implements PodInput {}

  /** The follower tells that the instance was removed. */
  record InstanceRemoved(Instance last) implements PodInput {}

  /** The follower listed all instances, and the UID is not among them. */
  record InstanceUnlisted() implements PodInput {}

  /** A call begins that the machine wanted; its answer follows. */
  record Started(Work work) implements PodInput {}

  record Resolved(Resolution resolution) implements PodInput {}

  /**
   * The create was accepted.
   *
   * @param created false: the instance was there before
   */
  record Created(Instance instance, boolean created) implements PodInput {}

  record CreateFailed(CloudFailure failure) implements PodInput {}

  /** The instance stops now, and its removal will be told. */
  record DeleteAccepted() implements PodInput {}

  /** There is nothing to delete, and nothing will come. */
  record DeleteAbsent() implements PodInput {}

  record DeleteFailed(CloudFailure failure) implements PodInput {}

  /** What the cloud has of this UID. */
  record Found(Optional<Instance> instance) implements PodInput {}

  record FindFailed(CloudFailure failure) implements PodInput {}

  record StatusAnswered(ApiAnswer answer) implements PodInput {}

  record EvictAnswered(ApiAnswer answer) implements PodInput {}

  record RemoveAnswered(ApiAnswer answer) implements PodInput {}

  /** The API server has no pod of this UID. */
  record LookedUpAbsent() implements PodInput {}

  record LookUpFailed(Optional<Duration> retryAfter) implements PodInput {}

  /** Somebody decided that this orphan may be deleted. */
  record Approved() implements PodInput {}

  /** The guard lets confirmed orphans go. */
  record Released() implements PodInput {}

  /** Something that it refers to has appeared or changed. */
  record ReferenceChanged() implements PodInput {}

  /** Time has passed, or the world has changed. */
  record Tick() implements PodInput {}

  /** The slow safety net: doubt what is not told of by a watch. */
  record Resync() implements PodInput {}
}
