package io.viking.system;

import static io.viking.system.Workloads.deployment;
import static io.viking.system.Workloads.job;
import static io.viking.system.Workloads.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1CronJobSpec;
import io.kubernetes.client.openapi.models.V1JobTemplateSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.util.PatchUtils;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a user of Kubernetes does first, as anywhere. */
class WorkloadsIT {
  private final Cluster cluster = SharedViking.cluster();
  private String namespace = "";

  @BeforeEach
  void makeNamespace() throws Exception {
    namespace = cluster.newNamespace("workloads");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    cluster.deleteNamespace(namespace);
  }

  @Test
  void deployment_runs_spreadOverTheZones_withOneInstanceEach() throws Exception {
    cluster.apps().createNamespacedDeployment(namespace, deployment("web", 150)).execute();

    awaitReady("web", 150);

    List<V1Pod> pods = cluster.pods(namespace);
    Map<String, Long> byZone =
        pods.stream()
            .collect(Collectors.groupingBy(p -> p.getSpec().getNodeName(), Collectors.counting()));
    assertThat(byZone).hasSize(3);
    assertThat(byZone.values()).allSatisfy(count -> assertThat(count).isBetween(45L, 55L));
    assertThat(pods).extracting(p -> p.getStatus().getPodIP()).doesNotHaveDuplicates();
    OneToOne.check(cluster, namespace);
  }

  @Test
  void rolloutRestart_replacesEveryPod_andEveryInstance() throws Exception {
    cluster.apps().createNamespacedDeployment(namespace, deployment("web", 20)).execute();
    awaitReady("web", 20);
    List<String> before = uids();

    String restart =
        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"restarted\":\"now\"}}}}}";
    PatchUtils.patch(
        io.kubernetes.client.openapi.models.V1Deployment.class,
        () ->
            cluster
                .apps()
                .patchNamespacedDeployment("web", namespace, new V1Patch(restart))
                .buildCall(null),
        V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH,
        cluster.apps().getApiClient());

    Await.until(
        "20 new pods and none of the old",
        () -> uids().size() == 20 && uids().stream().noneMatch(before::contains));
    awaitReady("web", 20);
    Await.until("one instance for each pod", () -> OneToOne.holds(cluster, namespace));
  }

  @Test
  void job_completes_andItsPodsStopBilling() throws Exception {
    cluster
        .batch()
        .createNamespacedJob(namespace, job("sums", 5, Map.of("sim.viking.io/run-seconds", "1")))
        .execute();

    Await.until(
        "a complete Job",
        () -> {
          var status = cluster.batch().readNamespacedJob("sums", namespace).execute().getStatus();
          return Integer.valueOf(5).equals(status.getSucceeded())
              && status.getCompletionTime() != null;
        });
    assertThat(cluster.pods(namespace))
        .hasSize(5)
        .allSatisfy(
            pod -> {
              assertThat(pod.getStatus().getPhase()).isEqualTo("Succeeded");
              assertThat(
                      pod.getStatus()
                          .getContainerStatuses()
                          .getFirst()
                          .getState()
                          .getTerminated()
                          .getExitCode())
                  .isZero();
            });
    assertThat(cluster.instances(namespace))
        .hasSize(5)
        .allSatisfy(instance -> assertThat(instance.hasEndTime()).as("billing has ended").isTrue());
    String log =
        cluster
            .core()
            .readNamespacedPodLog(
                cluster.pods(namespace).getFirst().getMetadata().getName(), namespace)
            .execute();
    assertThat(log).as("the log of a finished pod").contains("exit");
  }

  @Test
  void job_whoseContainerFails_fails() throws Exception {
    cluster
        .batch()
        .createNamespacedJob(
            namespace,
            job(
                "wrong",
                1,
                Map.of("sim.viking.io/run-seconds", "0", "sim.viking.io/exit-code", "3")))
        .execute();

    Await.until(
        "a failed Job",
        () ->
            Integer.valueOf(1)
                .equals(
                    cluster
                        .batch()
                        .readNamespacedJob("wrong", namespace)
                        .execute()
                        .getStatus()
                        .getFailed()));
    assertThat(cluster.pods(namespace).getFirst().getStatus().getPhase()).isEqualTo("Failed");
  }

  @Test
  void statefulSet_comesUpInOrder() throws Exception {
    cluster.apps().createNamespacedStatefulSet(namespace, statefulSet("db", 3)).execute();

    Await.until(
        "three ready replicas",
        () ->
            Integer.valueOf(3)
                .equals(
                    cluster
                        .apps()
                        .readNamespacedStatefulSet("db", namespace)
                        .execute()
                        .getStatus()
                        .getReadyReplicas()));
    assertThat(cluster.pods(namespace))
        .extracting(pod -> pod.getMetadata().getName())
        .containsExactlyInAnyOrder("db-0", "db-1", "db-2");
    for (int ordinal = 1; ordinal < 3; ordinal++) {
      V1Pod pod = cluster.pod(namespace, "db-" + ordinal).orElseThrow();
      V1Pod before = cluster.pod(namespace, "db-" + (ordinal - 1)).orElseThrow();
      assertThat(pod.getMetadata().getCreationTimestamp())
          .isAfterOrEqualTo(
              before.getStatus().getConditions().stream()
                  .filter(condition -> condition.getType().equals("Ready"))
                  .findFirst()
                  .orElseThrow()
                  .getLastTransitionTime());
    }
  }

  @Test
  void cronJob_fires() throws Exception {
    cluster
        .batch()
        .createNamespacedCronJob(
            namespace,
            new V1CronJob()
                .metadata(new V1ObjectMeta().name("tick"))
                .spec(
                    new V1CronJobSpec()
                        .schedule("* * * * *")
                        .jobTemplate(
                            new V1JobTemplateSpec()
                                .spec(
                                    job("tick", 1, Map.of("sim.viking.io/run-seconds", "0"))
                                        .getSpec()))))
        .execute();

    Await.until(
        "a Job of the CronJob that completed",
        () ->
            cluster.batch().listNamespacedJob(namespace).execute().getItems().stream()
                .anyMatch(job -> Integer.valueOf(1).equals(job.getStatus().getSucceeded())));
  }

  private void awaitReady(String deployment, int replicas) {
    Await.until(
        replicas + " ready replicas of " + deployment,
        () ->
            Integer.valueOf(replicas)
                .equals(
                    cluster
                        .apps()
                        .readNamespacedDeployment(deployment, namespace)
                        .execute()
                        .getStatus()
                        .getReadyReplicas()));
  }

  private List<String> uids() throws Exception {
    return cluster.pods(namespace).stream().map(pod -> pod.getMetadata().getUid()).toList();
  }
}
