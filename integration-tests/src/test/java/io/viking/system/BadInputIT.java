package io.viking.system;

import static io.viking.system.Workloads.container;
import static io.viking.system.Workloads.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapEnvSource;
import io.kubernetes.client.openapi.models.V1EnvFromSource;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cannot run says so on the pod, and goes on by itself where it can. */
class BadInputIT {
  private final Cluster cluster = SharedViking.cluster();
  private String namespace = "";

  @BeforeEach
  void makeNamespace() throws Exception {
    namespace = cluster.newNamespace("bad-input");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    cluster.deleteNamespace(namespace);
  }

  @Test
  void impossibleResources_areToldInConditionAndEvent() throws Exception {
    create(pod("big", Workloads.requestingCpu("200")));

    awaitEvent("big", "FailedScheduling", "200");
    Await.until(
        "the condition",
        () ->
            conditions("big").stream()
                .anyMatch(c -> c.startsWith("PodScheduled=False Unschedulable")));
    assertThat(cluster.instances(namespace)).isEmpty();
  }

  @Test
  void annotationsThatContradictEachOther_passTheDoor_andAreToldByName() throws Exception {
    create(pod("bid", Map.of("k8s.aliyun.com/eci-spot-strategy", "SpotWithPriceLimit")));

    Await.until(
        "an event that names the annotation",
        () ->
            cluster.events(namespace, "bid").stream()
                .anyMatch(
                    event -> event.contains("annotation k8s.aliyun.com/eci-spot-price-limit")));
    assertThat(phase("bid")).isEqualTo("Pending");
    assertThat(cluster.instances(namespace)).isEmpty();
  }

  @Test
  void missingConfigMap_isToldAsTheKubeletDoes_andThePodGoesOnWhenItAppears() throws Exception {
    V1EnvFromSource from =
        new V1EnvFromSource().configMapRef(new V1ConfigMapEnvSource().name("settings"));
    create(pod("app", container("nginx").envFrom(List.of(from))));

    Await.until(
        "CreateContainerConfigError",
        () -> "CreateContainerConfigError".equals(waitingReason("app")));
    awaitEvent("app", "Failed", "configmap \"settings\" not found");

    cluster
        .core()
        .createNamespacedConfigMap(
            namespace,
            new V1ConfigMap()
                .metadata(new V1ObjectMeta().name("settings"))
                .data(Map.of("COLOUR", "blue")))
        .execute();
    Await.until("a running pod", () -> "Running".equals(phase("app")));
  }

  @Test
  void missingImage_isToldAsTheKubeletDoes() throws Exception {
    create(pod("typo", container("registry.invalid/does-not-exist:1")));

    Await.until(
        "ErrImagePull or ImagePullBackOff",
        () -> List.of("ErrImagePull", "ImagePullBackOff").contains(waitingReason("typo")));
    awaitEvent("typo", "Failed", "Failed to pull image");
    assertThat(phase("typo")).isEqualTo("Pending");
  }

  private void create(V1Pod pod) throws Exception {
    cluster.core().createNamespacedPod(namespace, pod).execute();
  }

  private String phase(String pod) throws Exception {
    return cluster.pod(namespace, pod).orElseThrow().getStatus().getPhase();
  }

  private String waitingReason(String pod) throws Exception {
    return cluster
        .pod(namespace, pod)
        .orElseThrow()
        .getStatus()
        .getContainerStatuses()
        .getFirst()
        .getState()
        .getWaiting()
        .getReason();
  }

  private List<String> conditions(String pod) throws Exception {
    return cluster.pod(namespace, pod).orElseThrow().getStatus().getConditions().stream()
        .map(c -> c.getType() + "=" + c.getStatus() + " " + c.getReason())
        .toList();
  }

  private void awaitEvent(String pod, String reason, String text) {
    Await.until(
        "an event " + reason + " that says " + text,
        () ->
            cluster.events(namespace, pod).stream()
                .anyMatch(event -> event.startsWith(reason + ":") && event.contains(text)));
  }
}
