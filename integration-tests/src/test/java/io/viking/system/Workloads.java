package io.viking.system;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V1StatefulSetSpec;
import java.util.List;
import java.util.Map;

/** The objects that tests create, as small as the API takes them. */
public final class Workloads {
  private Workloads() {}

  public static V1Container container(String image) {
    return new V1Container().name("main").image(image);
  }

  public static V1Pod pod(String name, V1Container container) {
    return new V1Pod()
        .metadata(new V1ObjectMeta().name(name).labels(Cluster.labels(name)))
        .spec(new V1PodSpec().containers(List.of(container)));
  }

  public static V1Pod pod(String name, Map<String, String> annotations) {
    V1Pod pod = pod(name, container("nginx"));
    pod.getMetadata().annotations(annotations);
    return pod;
  }

  public static V1Container requestingCpu(String cpu) {
    return container("nginx")
        .resources(new V1ResourceRequirements().requests(Map.of("cpu", new Quantity(cpu))));
  }

  public static V1PodTemplateSpec template(String app) {
    return new V1PodTemplateSpec()
        .metadata(new V1ObjectMeta().labels(Cluster.labels(app)))
        .spec(new V1PodSpec().containers(List.of(container("nginx"))));
  }

  public static V1Deployment deployment(String name, int replicas) {
    return new V1Deployment()
        .metadata(new V1ObjectMeta().name(name))
        .spec(
            new V1DeploymentSpec()
                .replicas(replicas)
                .selector(new V1LabelSelector().matchLabels(Cluster.labels(name)))
                .template(template(name)));
  }

  public static V1StatefulSet statefulSet(String name, int replicas) {
    return new V1StatefulSet()
        .metadata(new V1ObjectMeta().name(name))
        .spec(
            new V1StatefulSetSpec()
                .replicas(replicas)
                .serviceName(name)
                .selector(new V1LabelSelector().matchLabels(Cluster.labels(name)))
                .template(template(name)));
  }

  public static V1Job job(String name, int completions, Map<String, String> annotations) {
    V1PodTemplateSpec template = template(name);
    template.getMetadata().annotations(annotations);
    template.getSpec().restartPolicy("Never");
    return new V1Job()
        .metadata(new V1ObjectMeta().name(name))
        .spec(
            new V1JobSpec()
                .completions(completions)
                .parallelism(completions)
                .backoffLimit(0)
                .template(template));
  }
}
