package io.viking.bench.workload;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one shape of pod that storm and floor share: a small container that runs until it is deleted.
 *
 * @param token whether it mounts a ServiceAccount token
 * @param labels of every pod
 */
public record PodShape(TokenUse token, PodPlacement placement, Map<String, String> labels) {
  /** Costs nothing to run where pods are real, and nothing happens in it. */
  public static final String IMAGE = "registry.k8s.io/pause:3.10";

  /** What pods are asked to stop within, in seconds: Kubernetes' own default. */
  public static final long GRACE_SECONDS = 30;

  /** Without it a simulated container of a Job would end before the storm does. */
  private static final Map<String, String> ANNOTATIONS =
      Map.of("sim.viking.io/run-seconds", "86400");

  public PodShape {
    labels = Map.copyOf(labels);
  }

  /** A pod that no controller owns. */
  public V1Pod pod(String name) {
    return new V1Pod()
        .apiVersion("v1")
        .kind("Pod")
        .metadata(metadata().name(name))
        .spec(spec("Always"));
  }

  /**
   * @param restartPolicy "Always" for Deployments, "Never" for Jobs
   * @param more labels beside those of every pod
   */
  V1PodTemplateSpec template(String restartPolicy, Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(labels);
    all.putAll(more);
    return new V1PodTemplateSpec().metadata(metadata().labels(all)).spec(spec(restartPolicy));
  }

  private V1ObjectMeta metadata() {
    return new V1ObjectMeta()
        .labels(new LinkedHashMap<>(labels))
        .annotations(new LinkedHashMap<>(ANNOTATIONS));
  }

  private V1PodSpec spec(String restartPolicy) {
    V1PodSpec spec =
        new V1PodSpec()
            .schedulerName(placement.schedulerName())
            .nodeSelector(placement.nodeSelector())
            .tolerations(placement.tolerations())
            .restartPolicy(restartPolicy)
            .terminationGracePeriodSeconds(GRACE_SECONDS)
            .containers(List.of(container()));
    return token.mounts() ? spec : spec.automountServiceAccountToken(false);
  }

  private static V1Container container() {
    return new V1Container()
        .name("main")
        .image(IMAGE)
        .resources(
            new V1ResourceRequirements()
                .requests(Map.of("cpu", new Quantity("10m"), "memory", new Quantity("16Mi"))));
  }
}
