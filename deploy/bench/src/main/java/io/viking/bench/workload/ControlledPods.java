package io.viking.bench.workload;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.bench.apiserver.RawCalls;
import io.viking.bench.apiserver.RawCalls.DeleteOptions;
import io.viking.bench.watch.PodTimes;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Pods that the controllers of Kubernetes create, of one object or of several. */
public final class ControlledPods<T extends KubernetesObject> implements Workload {
  private static final ResourceType<V1Deployment> DEPLOYMENTS =
      new ResourceType<>(V1Deployment.class, "apps", "v1", "deployments", "Deployment", true);
  private static final ResourceType<V1Job> JOBS =
      new ResourceType<>(V1Job.class, "batch", "v1", "jobs", "Job", true);

  /** Tells the pods of one controller object from those of another. */
  private static final String PART = "bench.viking.io/part";

  private final KubeApi api;
  private final RawCalls raw;
  private final String namespace;
  private final String prefix;
  private final ResourceType<T> type;
  private final List<Integer> parts;
  private final BiFunction<String, Integer, T> object;

  private ControlledPods(
      KubeApi api,
      RawCalls raw,
      String namespace,
      String prefix,
      ResourceType<T> type,
      List<Integer> parts,
      BiFunction<String, Integer, T> object) {
    this.api = api;
    this.raw = raw;
    this.namespace = namespace;
    this.prefix = prefix;
    this.type = type;
    this.parts = List.copyOf(parts);
    this.object = object;
  }

  /**
   * @param prefix of their names
   * @param parts how many pods each Deployment gets
   */
  public static Workload deployments(
      KubeApi api,
      RawCalls raw,
      String namespace,
      String prefix,
      PodShape shape,
      List<Integer> parts) {
    return new ControlledPods<>(
        api,
        raw,
        namespace,
        prefix,
        DEPLOYMENTS,
        parts,
        (name, pods) -> deployment(name, pods, shape));
  }

  /**
   * @param prefix of their names
   * @param parts how many pods each Job gets, all at once
   */
  public static Workload jobs(
      KubeApi api,
      RawCalls raw,
      String namespace,
      String prefix,
      PodShape shape,
      List<Integer> parts) {
    return new ControlledPods<>(
        api, raw, namespace, prefix, JOBS, parts, (name, pods) -> job(name, pods, shape));
  }

  @Override
  public void create() {
    for (int i = 0; i < parts.size(); i++) {
      api.createUnread(type, namespace, object.apply(name(i), parts.get(i)));
    }
  }

  @Override
  public void delete(List<PodTimes> present) {
    for (int i = 0; i < parts.size(); i++) {
      raw.delete(type.path(namespace, name(i)), DeleteOptions.WITH_DEPENDENTS);
    }
  }

  private String name(int part) {
    return prefix + "-" + part;
  }

  private static V1Deployment deployment(String name, int pods, PodShape shape) {
    Map<String, String> part = Map.of(PART, name);
    return new V1Deployment()
        .apiVersion("apps/v1")
        .kind("Deployment")
        .metadata(metadata(name, shape))
        .spec(
            new V1DeploymentSpec()
                .replicas(pods)
                .selector(new V1LabelSelector().matchLabels(part))
                .template(shape.template("Always", part)));
  }

  private static V1Job job(String name, int pods, PodShape shape) {
    return new V1Job()
        .apiVersion("batch/v1")
        .kind("Job")
        .metadata(metadata(name, shape))
        .spec(
            new V1JobSpec()
                .completions(pods)
                .parallelism(pods)
                .backoffLimit(0)
                .template(shape.template("Never", Map.of(PART, name))));
  }

  private static V1ObjectMeta metadata(String name, PodShape shape) {
    return new V1ObjectMeta().name(name).labels(new LinkedHashMap<>(shape.labels()));
  }
}
