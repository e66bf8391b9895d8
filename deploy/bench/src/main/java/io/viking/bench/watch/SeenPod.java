package io.viking.bench.watch;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.kube.cache.ResourceType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * As much of a pod as a storm looks at; decoding the rest would cost the machine that is measured.
 * Filled by reflection.
 */
final class SeenPod implements KubernetesObject {
  static final ResourceType<SeenPod> TYPE =
      new ResourceType<>(SeenPod.class, "", "v1", "pods", "Pod", true);

  private V1ObjectMeta metadata = new V1ObjectMeta();
  private @Nullable Spec spec;
  private @Nullable Status status;

  /** The part of a pod's spec that a storm looks at. */
  record Spec(@Nullable String nodeName) {}

  /** The part of a pod's status that a storm looks at. */
  record Status(@Nullable String phase, @Nullable List<Condition> conditions) {}

  /** A condition of a pod. */
  record Condition(@Nullable String type, @Nullable String status) {}

  SeenPod() {}

  @Override
  public V1ObjectMeta getMetadata() {
    return metadata;
  }

  @Override
  public String getApiVersion() {
    return "v1";
  }

  @Override
  public String getKind() {
    return "Pod";
  }

  String uid() {
    return Optional.ofNullable(metadata.getUid()).orElse("");
  }

  String name() {
    return Optional.ofNullable(metadata.getName()).orElse("");
  }

  Sight sight() {
    return new Sight(uid(), name(), isBound(), phase(), isReady());
  }

  private boolean isBound() {
    return spec != null && spec.nodeName() != null && !spec.nodeName().isEmpty();
  }

  private String phase() {
    return status == null || status.phase() == null ? "" : status.phase();
  }

  private boolean isReady() {
    return status != null
        && status.conditions() != null
        && status.conditions().stream()
            .anyMatch(c -> "Ready".equals(c.type()) && "True".equals(c.status()));
  }

  /**
   * What one event of the watch says of a pod.
   *
   * @param phase {@code ""} if it has none
   */
  record Sight(String uid, String name, boolean bound, String phase, boolean ready) {}
}
