package io.viking.syncer.pods.creation;

import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1TopologySpreadConstraint;
import io.viking.kube.annotations.FailStrategy;
import java.util.List;

/**
 * Pods whose workload is spread strictly: further ones get a zone only when those before them have
 * really been created, so that this is told at once and not with the first status.
 */
public final class StrictSpread {
  private static final String HOSTNAME = "kubernetes.io/hostname";

  private StrictSpread() {}

  /** Whether others wait for the pod's instance. The scheduler asks the same of those others. */
  public static boolean isAwaited(V1Pod pod) {
    var spec = pod.getSpec();
    List<V1TopologySpreadConstraint> constraints =
        spec == null ? null : spec.getTopologySpreadConstraints();
    if (constraints == null || constraints.isEmpty() || failsFast(pod)) {
      return false;
    }
    for (V1TopologySpreadConstraint constraint : constraints) {
      // Every pod has a host of its own: that one holds by itself.
      if ("DoNotSchedule".equals(constraint.getWhenUnsatisfiable())
          && !HOSTNAME.equals(constraint.getTopologyKey())) {
        return true;
      }
    }
    return false;
  }

  private static boolean failsFast(V1Pod pod) {
    var metadata = pod.getMetadata();
    var annotations = metadata == null ? null : metadata.getAnnotations();
    return annotations != null && FailStrategy.of(annotations) == FailStrategy.FAIL_FAST;
  }
}
