package io.viking.simulation.api;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a model leaves out, as what it means. */
public final class Present {
  private Present() {}

  /** An object without metadata was never stored. */
  public static V1ObjectMeta metadata(KubernetesObject object) {
    V1ObjectMeta metadata = object.getMetadata();
    return metadata == null ? new V1ObjectMeta() : metadata;
  }

  public static V1PodStatus status(V1Pod pod) {
    V1PodStatus status = pod.getStatus();
    return status == null ? new V1PodStatus() : status;
  }

  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  static <T> List<T> list(@Nullable List<T> value) {
    return value == null ? List.of() : value;
  }

  static Map<String, String> map(@Nullable Map<String, String> value) {
    return value == null ? Map.of() : value;
  }
}
