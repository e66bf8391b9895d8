package io.viking.kube.cache;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Map;

/** Takes off an object what no loop reads and what is often half of it. */
final class Stripping {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private Stripping() {}

  /** Changes the object: it must not have been handed to anyone yet. */
  static <T extends KubernetesObject> T strip(T object) {
    V1ObjectMeta metadata = object.getMetadata();
    metadata.setManagedFields(null);
    Map<String, String> annotations = metadata.getAnnotations();
    if (annotations != null && !annotations.isEmpty()) {
      annotations.remove(LAST_APPLIED);
    }
    return object;
  }
}
