package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudgetSpec;
import io.kubernetes.client.openapi.models.V1PriorityClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cloud whose account allows ten instances, and containers that take a while to stop. */
class PreemptionIT {
  private static final String PROFILE =
      """
      quotas: {instances: 10}
      containers: {stopSeconds: 4}
      """;

  @TempDir private Path directory;

  @Test
  void quotaIsUsedUp_podsOfLowerPriorityGo_butNoneThatABudgetGuards() throws Exception {
    Path profile = Files.writeString(directory.resolve("ten.yaml"), PROFILE);
    try (VikingProcess viking =
        VikingProcess.up(directory.resolve("data"), "--profile", profile.toString())) {
      Cluster cluster = viking.cluster();
      String namespace = cluster.newNamespace("preemption");
      cluster
          .scheduling()
          .createPriorityClass(
              new V1PriorityClass().metadata(new V1ObjectMeta().name("important")).value(1000))
          .execute();
      fill(cluster, namespace);
      Set<String> guarded = uids(cluster, namespace, "guarded");

      cluster.apps().createNamespacedDeployment(namespace, important()).execute();

      var told = new ConcurrentSkipListMap<String, String>();
      Await.until(
          "three pods that are told of their disruption",
          () -> {
            cluster.pods(namespace).stream()
                .filter(PreemptionIT::isDisrupted)
                .forEach(pod -> told.put(uid(pod), app(pod)));
            return told.size() == 3;
          });
      Await.until("the important pods", () -> running(cluster, namespace, "important") == 3);

      assertThat(told.values()).containsOnly("low");
      assertThat(uids(cluster, namespace, "guarded")).isEqualTo(guarded);
      assertThat(running(cluster, namespace, "guarded")).isEqualTo(3);
      Await.until("four are left", () -> running(cluster, namespace, "low") == 4);
      Await.until(
          "those in the victims' place that wait for the quota",
          () ->
              cluster.pods(namespace).stream()
                      .filter(pod -> app(pod).equals("low"))
                      .filter(
                          pod -> isWaiting(pod, "the account's quota of instances (10) is used up"))
                      .count()
                  == 3);
      assertThat(cluster.instances(namespace)).hasSize(10);
    }
  }

  /** The guarded ones are made last: without their budget they would go first. */
  private static void fill(Cluster cluster, String namespace) throws Exception {
    cluster.apps().createNamespacedDeployment(namespace, Workloads.deployment("low", 7)).execute();
    Await.until("seven pods", () -> running(cluster, namespace, "low") == 7);
    cluster
        .apps()
        .createNamespacedDeployment(namespace, Workloads.deployment("guarded", 3))
        .execute();
    Await.until("three more", () -> running(cluster, namespace, "guarded") == 3);
    cluster
        .policy()
        .createNamespacedPodDisruptionBudget(
            namespace,
            new V1PodDisruptionBudget()
                .metadata(new V1ObjectMeta().name("guard"))
                .spec(
                    new V1PodDisruptionBudgetSpec()
                        .minAvailable(new IntOrString(3))
                        .selector(new V1LabelSelector().matchLabels(Cluster.labels("guarded")))))
        .execute();
    Await.until(
        "the budget's count",
        () ->
            cluster
                    .policy()
                    .readNamespacedPodDisruptionBudget("guard", namespace)
                    .execute()
                    .getStatus()
                    .getCurrentHealthy()
                == 3);
  }

  private static V1Deployment important() {
    V1Deployment deployment = Workloads.deployment("important", 3);
    deployment.getSpec().getTemplate().getSpec().priorityClassName("important");
    return deployment;
  }

  private static boolean isDisrupted(V1Pod pod) {
    return has(pod, "DisruptionTarget", "True", "viking: preempting");
  }

  private static boolean isWaiting(V1Pod pod, String message) {
    return has(pod, "PodScheduled", "False", message);
  }

  private static boolean has(V1Pod pod, String type, String status, String message) {
    var conditions = pod.getStatus().getConditions();
    return conditions != null
        && conditions.stream()
            .anyMatch(
                condition ->
                    type.equals(condition.getType())
                        && status.equals(condition.getStatus())
                        && String.valueOf(condition.getMessage()).contains(message));
  }

  private static long running(Cluster cluster, String namespace, String app) throws Exception {
    return cluster.pods(namespace).stream()
        .filter(pod -> app(pod).equals(app))
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .count();
  }

  private static Set<String> uids(Cluster cluster, String namespace, String app) throws Exception {
    return cluster.pods(namespace).stream()
        .filter(pod -> app(pod).equals(app))
        .map(PreemptionIT::uid)
        .collect(Collectors.toSet());
  }

  private static String app(V1Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault("app", "");
  }

  private static String uid(V1Pod pod) {
    return pod.getMetadata().getUid();
  }
}
