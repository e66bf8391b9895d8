package io.viking.kube.client;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * Which object, and which state of it. What a server did not say is {@code ""}.
 *
 * @param namespace {@code ""} for cluster-scoped kinds
 */
public record ObjectRef(String namespace, String name, String uid, String resourceVersion) {
  public static ObjectRef of(KubernetesObject object) {
    return of(object.getMetadata());
  }

  static ObjectRef of(@Nullable V1ObjectMeta metadata) {
    return metadata == null
        ? new ObjectRef("", "", "", "")
        : new ObjectRef(
            orEmpty(metadata.getNamespace()),
            orEmpty(metadata.getName()),
            orEmpty(metadata.getUid()),
            orEmpty(metadata.getResourceVersion()));
  }

  static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** As in messages: {@code namespace/name}, or the name alone. */
  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
