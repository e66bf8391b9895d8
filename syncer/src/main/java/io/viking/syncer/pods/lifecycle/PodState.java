package io.viking.syncer.pods.lifecycle;

import io.viking.cloud.v1.InstanceSpec;
import java.time.Instant;
import java.util.Optional;

/** Where a pod is in its life, as far as we act on it. */
public sealed interface PodState {
  /** Nothing is decided yet. */
  record Bound() implements PodState {}

  /**
   * What it refers to is being resolved.
   *
   * @param outdated something of it has changed since: if anything was missing, it may be there now
   */
  record Resolving(Tries tries, boolean outdated) implements PodState {
    public Resolving(Tries tries) {
      this(tries, false);
    }
  }

  /** The cloud is being asked for its instance. */
  record Creating(InstanceSpec spec, Instant resolvedAt, Tries tries) implements PodState {}

  /**
   * Something stands in the way; it is tried again.
   *
   * @param trouble what the pod tells of it; empty: nothing worth telling
   * @param repeat the very call to make again; empty: resolve anew
   * @param endsOnChange a change of the pod's annotations ends the pause
   */
  record Retrying(
      Instant until,
      Tries tries,
      Optional<Trouble> trouble,
      Optional<Creating> repeat,
      boolean endsOnChange)
      implements PodState {}

  /**
   * Whether the cloud has an instance is in doubt, and asked.
   *
   * @param then the create to make if there is none
   * @param failures of asking
   */
  record Locating(Optional<Creating> then, Instant notBefore, Tries tries, int failures)
      implements PodState {}

  /**
   * It has its instance: being started, running, or ended and being reported.
   *
   * @param since when we first saw it
   */
  record Running(Instant since, Tries tries) implements PodState {}

  /**
   * The cloud takes its instance back, and it is being evicted.
   *
   * @param running as which it goes on, should it stay
   * @param notBefore when to ask for the eviction (again)
   */
  record Evicting(Running running, Instant notBefore, int failures) implements PodState {}

  /** It ran and its instance is gone: as on any node, it fails. */
  record Lost() implements PodState {}

  /** Its instance is being stopped and removed. */
  record Stopping(StopCall call) implements PodState {}

  /**
   * It is deleted or its active deadline has passed, its instance is gone, and its end is being
   * told to those who read it.
   */
  record Ending() implements PodState {}

  /**
   * Its object is being let go.
   *
   * @param notBefore when to make the call (again)
   */
  record Removing(Instant notBefore, int failures) implements PodState {}

  /**
   * An instance without a pod.
   *
   * @param notBefore when to ask the API server (again)
   * @param confirmed the API server has no such pod
   * @param approved somebody decided that it may be deleted, however many there are: by deleting
   *     its pod before our eyes, or by confirming the collection
   */
  record Suspect(Instant notBefore, int failures, boolean confirmed, boolean approved)
      implements PodState {}

  /** Nothing to do until something changes. */
  record Settled() implements PodState {}

  /** Nothing is left on either side: to be forgotten. */
  record Gone() implements PodState {}

  /** For metrics: "bound", "creating" … */
  default String label() {
    return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }
}
