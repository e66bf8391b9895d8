package io.viking.simulation.api;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/** What a DELETE does to an object. Pure; the rules of the registry's store and of pods. */
sealed interface Deletion {
  /** It is on its way out already, and stays so. */
  record Pending() implements Deletion {}

  /** It stays, with a deletion timestamp. */
  record Marked(V1ObjectMeta metadata) implements Deletion {}

  /** It is gone at once; the metadata of its last state. */
  record Removed(V1ObjectMeta metadata) implements Deletion {}

  /**
   * @param grace seconds; empty: what the object asks for
   */
  static Deletion of(KubernetesObject object, Optional<Long> grace, Instant now) {
    V1ObjectMeta metadata = Copies.of(object.getMetadata());
    return object instanceof V1Pod pod ? ofPod(pod, metadata, grace, now) : ofOther(metadata, now);
  }

  /** Whether an object goes by itself now that its finalizers have changed. */
  static boolean isDue(V1ObjectMeta metadata) {
    Long grace = metadata.getDeletionGracePeriodSeconds();
    return metadata.getDeletionTimestamp() != null
        && Present.list(metadata.getFinalizers()).isEmpty()
        && (grace == null || grace == 0);
  }

  private static Deletion ofOther(V1ObjectMeta metadata, Instant now) {
    if (Present.list(metadata.getFinalizers()).isEmpty()) {
      return new Removed(metadata);
    }
    return metadata.getDeletionTimestamp() == null
        ? new Marked(mark(metadata, now, 0))
        : new Pending();
  }

  private static Deletion ofPod(
      V1Pod pod, V1ObjectMeta metadata, Optional<Long> grace, Instant now) {
    OffsetDateTime deadline = metadata.getDeletionTimestamp();
    if (deadline == null) {
      return marked(mark(metadata, now, period(pod, grace)));
    }
    Long before = metadata.getDeletionGracePeriodSeconds();
    long left = before == null ? 0 : before;
    if (grace.isEmpty() || grace.get() >= left) {
      return new Pending();
    }
    return marked(
        metadata
            .deletionTimestamp(deadline.minusSeconds(left).plusSeconds(grace.get()))
            .deletionGracePeriodSeconds(grace.get()));
  }

  private static Deletion marked(V1ObjectMeta metadata) {
    return isDue(metadata) ? new Removed(metadata) : new Marked(metadata);
  }

  private static long period(V1Pod pod, Optional<Long> grace) {
    V1PodSpec spec = pod.getSpec();
    boolean isUnbound = spec == null || Present.text(spec.getNodeName()).isEmpty();
    boolean hasEnded =
        pod.getStatus() != null
            && Set.of("Succeeded", "Failed").contains(Present.text(pod.getStatus().getPhase()));
    if (spec == null || isUnbound || hasEnded) {
      return 0;
    }
    Long own = spec.getTerminationGracePeriodSeconds();
    long asked = grace.orElse(own == null ? 30L : own);
    return asked < 0 ? 1 : asked;
  }

  private static V1ObjectMeta mark(V1ObjectMeta metadata, Instant now, long seconds) {
    Long generation = metadata.getGeneration();
    return metadata
        .deletionTimestamp(
            now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds).atOffset(ZoneOffset.UTC))
        .deletionGracePeriodSeconds(seconds)
        .generation(
            generation == null || generation == 0 ? generation : Long.valueOf(generation + 1));
  }
}
