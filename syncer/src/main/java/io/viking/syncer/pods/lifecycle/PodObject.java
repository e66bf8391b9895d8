package io.viking.syncer.pods.lifecycle;

import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.viking.kube.annotations.FailStrategy;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The few things that the life of a pod depends on, read off its API object without nulls. */
public final class PodObject {
  private static final String MIRROR_ANNOTATION = "kubernetes.io/config.mirror";
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);

  private PodObject() {}

  public static PodRef ref(V1Pod pod) {
    V1ObjectMeta metadata = metadata(pod);
    return new PodRef(
        orEmpty(metadata.getNamespace()), orEmpty(metadata.getName()), orEmpty(metadata.getUid()));
  }

  /** Empty while the pod is not bound. */
  public static String nodeName(V1Pod pod) {
    V1PodSpec spec = pod.getSpec();
    return spec == null ? "" : orEmpty(spec.getNodeName());
  }

  public static boolean isMirror(V1Pod pod) {
    return annotations(pod).containsKey(MIRROR_ANNOTATION);
  }

  /** Whether a DaemonSet made it, which wants one on each machine. */
  static boolean isDaemon(V1Pod pod) {
    var owners = metadata(pod).getOwnerReferences();
    return owners != null
        && owners.stream()
            .anyMatch(
                owner ->
                    Boolean.TRUE.equals(owner.getController())
                        && "DaemonSet".equals(owner.getKind()));
  }

  public static Map<String, String> annotations(V1Pod pod) {
    Map<String, String> annotations = metadata(pod).getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }

  /** Whether it would rather fail at once than wait for what cannot be had now. */
  static boolean failsFast(V1Pod pod) {
    return FailStrategy.of(annotations(pod)) == FailStrategy.FAIL_FAST;
  }

  /** {@code ""} if the object was never stored. */
  static String resourceVersion(V1Pod pod) {
    return orEmpty(metadata(pod).getResourceVersion());
  }

  /** Pending, Running, Succeeded or Failed; Pending when the pod says nothing. */
  public static String phase(V1Pod pod) {
    var status = pod.getStatus();
    String phase = status == null ? "" : orEmpty(status.getPhase());
    return phase.isEmpty() ? "Pending" : phase;
  }

  public static boolean isTerminal(V1Pod pod) {
    String phase = phase(pod);
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /** Whether anybody was ever told that it runs. */
  static boolean hasRun(V1Pod pod) {
    return !phase(pod).equals("Pending");
  }

  static Optional<Instant> created(V1Pod pod) {
    return Optional.ofNullable(metadata(pod).getCreationTimestamp()).map(OffsetDateTime::toInstant);
  }

  public static boolean isDeleting(V1Pod pod) {
    return metadata(pod).getDeletionTimestamp() != null;
  }

  /** When the grace of a pod under deletion ends: the API server has added the grace already. */
  static Optional<Instant> deadline(V1Pod pod) {
    return Optional.ofNullable(metadata(pod).getDeletionTimestamp()).map(OffsetDateTime::toInstant);
  }

  /** The grace that the deletion asked for; after a final delete 0. */
  static Duration deletionGrace(V1Pod pod) {
    Long seconds = metadata(pod).getDeletionGracePeriodSeconds();
    return seconds == null ? specGrace(pod) : Duration.ofSeconds(seconds);
  }

  /** The grace that the pod asks for when nobody says otherwise. */
  static Duration specGrace(V1Pod pod) {
    V1PodSpec spec = pod.getSpec();
    Long seconds = spec == null ? null : spec.getTerminationGracePeriodSeconds();
    return seconds == null ? DEFAULT_GRACE : Duration.ofSeconds(seconds);
  }

  /** Whether the object stays after a final delete, until others let it go. */
  static boolean hasFinalizers(V1Pod pod) {
    List<String> finalizers = metadata(pod).getFinalizers();
    return finalizers != null && !finalizers.isEmpty();
  }

  /**
   * Whether somebody reads how a deleted pod ended: a finalizer holds it, a Job counts it, or its
   * containers end by themselves. Everybody else sees the object vanish, and the write is saved.
   */
  static boolean endIsRead(V1Pod pod) {
    if (hasFinalizers(pod)) {
      return true;
    }
    var owners = metadata(pod).getOwnerReferences();
    if (owners != null && owners.stream().anyMatch(owner -> "Job".equals(owner.getKind()))) {
      return true;
    }
    V1PodSpec spec = pod.getSpec();
    String restartPolicy = spec == null ? "" : orEmpty(spec.getRestartPolicy());
    return !restartPolicy.isEmpty() && !restartPolicy.equals("Always");
  }

  private static V1ObjectMeta metadata(V1Pod pod) {
    V1ObjectMeta metadata = pod.getMetadata();
    return metadata == null ? new V1ObjectMeta() : metadata;
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
