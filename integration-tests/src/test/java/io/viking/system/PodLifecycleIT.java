package io.viking.system;

import static io.viking.system.Workloads.container;
import static io.viking.system.Workloads.job;
import static io.viking.system.Workloads.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1Eviction;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudgetSpec;
import io.kubernetes.client.openapi.models.V1PodFailurePolicy;
import io.kubernetes.client.openapi.models.V1PodFailurePolicyOnExitCodesRequirement;
import io.kubernetes.client.openapi.models.V1PodFailurePolicyRule;
import io.kubernetes.client.openapi.models.V1PodReadinessGate;
import io.kubernetes.client.util.PatchUtils;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What controllers and people expect of a pod's status and of its end. */
class PodLifecycleIT {
  private final Cluster cluster = SharedViking.cluster();
  private String namespace = "";

  @BeforeEach
  void makeNamespace() throws Exception {
    namespace = cluster.newNamespace("lifecycle");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    cluster.deleteNamespace(namespace);
  }

  @Test
  void activeDeadline_endsThePod() throws Exception {
    V1Pod late = pod("late", container("nginx"));
    late.getSpec().activeDeadlineSeconds(2L);
    create(late);

    Await.until("a failed pod", () -> phase("late").equals("Failed"));

    assertThat(read("late").getStatus().getReason()).isEqualTo("DeadlineExceeded");
    assertThat(condition("late", "Ready").getReason()).isEqualTo("PodFailed");
    Await.until("no instance", () -> cluster.instances(namespace).isEmpty());
  }

  @Test
  void readinessGate_holdsReady_untilSomebodySaysSo() throws Exception {
    V1Pod gated = pod("gated", container("nginx"));
    gated
        .getSpec()
        .addReadinessGatesItem(new V1PodReadinessGate().conditionType("example.com/warm"));
    create(gated);
    Await.until("Running", () -> phase("gated").equals("Running"));
    assertThat(condition("gated", "ContainersReady").getStatus()).isEqualTo("True");
    assertThat(condition("gated", "Ready"))
        .returns("False", V1PodCondition::getStatus)
        .returns("ReadinessGatesNotReady", V1PodCondition::getReason);

    patchStatus(
        "gated",
        "{\"status\":{\"conditions\":[{\"type\":\"example.com/warm\",\"status\":\"True\"}]}}");

    Await.until("Ready", () -> condition("gated", "Ready").getStatus().equals("True"));
    assertThat(condition("gated", "example.com/warm").getStatus()).isEqualTo("True");
  }

  @Test
  void eviction_isRefusedByTheBudget_andGrantedWithoutIt() throws Exception {
    create(pod("web", container("nginx")));
    Await.until("Ready", () -> condition("web", "Ready").getStatus().equals("True"));
    cluster
        .policy()
        .createNamespacedPodDisruptionBudget(
            namespace,
            new V1PodDisruptionBudget()
                .metadata(new V1ObjectMeta().name("web"))
                .spec(
                    new V1PodDisruptionBudgetSpec()
                        .minAvailable(new IntOrString(1))
                        .selector(new V1LabelSelector().matchLabels(Cluster.labels("web")))))
        .execute();
    Await.until(
        "the budget to have counted",
        () ->
            Integer.valueOf(1)
                .equals(
                    cluster
                        .policy()
                        .readNamespacedPodDisruptionBudget("web", namespace)
                        .execute()
                        .getStatus()
                        .getCurrentHealthy()));
    assertThatThrownBy(() -> evict("web"))
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.getCode()).isEqualTo(429));

    cluster.policy().deleteNamespacedPodDisruptionBudget("web", namespace).execute();
    Await.until(
        "an eviction",
        () -> {
          evict("web");
          return true;
        });
    Await.until("no pod", () -> cluster.pods(namespace).isEmpty());
    Await.until("no instance", () -> cluster.instances(namespace).isEmpty());
  }

  @Test
  void secondDeleteWithAShorterGrace_shortensIt() throws Exception {
    V1Pod slow = pod("slow", Map.of("sim.viking.io/stop-seconds", "500"));
    slow.getSpec().terminationGracePeriodSeconds(600L);
    create(slow);
    Await.until("Running", () -> phase("slow").equals("Running"));

    cluster.core().deleteNamespacedPod("slow", namespace).execute();
    Await.until(
        "a pod that is being deleted",
        () -> read("slow").getMetadata().getDeletionTimestamp() != null);
    assertThat(cluster.instances(namespace)).hasSize(1);
    cluster.core().deleteNamespacedPod("slow", namespace).gracePeriodSeconds(1).execute();

    Await.until("no pod", () -> cluster.pods(namespace).isEmpty());
    assertThat(cluster.instances(namespace)).isEmpty();
  }

  @Test
  void finalizer_keepsThePod_withItsEndForAllToRead() throws Exception {
    V1Pod kept = pod("kept", container("nginx"));
    kept.getMetadata().addFinalizersItem("example.com/audit");
    create(kept);
    Await.until("Running", () -> phase("kept").equals("Running"));

    cluster.core().deleteNamespacedPod("kept", namespace).execute();

    Await.until("an end", () -> List.of("Succeeded", "Failed").contains(phase("kept")));
    Await.until("no instance", () -> cluster.instances(namespace).isEmpty());
    assertThat(
            read("kept").getStatus().getContainerStatuses().getFirst().getState().getTerminated())
        .isNotNull();
    PatchUtils.patch(
        V1Pod.class,
        () ->
            cluster
                .core()
                .patchNamespacedPod(
                    "kept", namespace, new V1Patch("{\"metadata\":{\"finalizers\":null}}"))
                .buildCall(null),
        V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
        cluster.core().getApiClient());
    Await.until("no pod", () -> cluster.pods(namespace).isEmpty());
  }

  @Test
  void podFailurePolicy_readsTheExitCode() throws Exception {
    V1Job once =
        job("once", 1, Map.of("sim.viking.io/run-seconds", "0", "sim.viking.io/exit-code", "42"));
    once.getSpec()
        .backoffLimit(6)
        .podFailurePolicy(
            new V1PodFailurePolicy()
                .addRulesItem(
                    new V1PodFailurePolicyRule()
                        .action("FailJob")
                        .onExitCodes(
                            new V1PodFailurePolicyOnExitCodesRequirement()
                                .operator("In")
                                .values(List.of(42)))));
    cluster.batch().createNamespacedJob(namespace, once).execute();

    Await.until(
        "a Job that failed by its policy",
        () ->
            cluster
                .batch()
                .readNamespacedJob("once", namespace)
                .execute()
                .getStatus()
                .getConditions()
                .stream()
                .anyMatch(
                    condition ->
                        condition.getType().equals("Failed")
                            && condition.getReason().equals("PodFailurePolicy")));
    assertThat(cluster.pods(namespace)).as("no second try").hasSize(1);
  }

  @Test
  void evictedPodOfAJob_isADisruptionAndNoFailure() throws Exception {
    V1Job patient = job("patient", 1, Map.of("sim.viking.io/run-seconds", "3600"));
    patient
        .getSpec()
        .podFailurePolicy(
            new V1PodFailurePolicy()
                .addRulesItem(
                    new V1PodFailurePolicyRule()
                        .action("Ignore")
                        .addOnPodConditionsItem(
                            new io.kubernetes.client.openapi.models
                                    .V1PodFailurePolicyOnPodConditionsPattern()
                                .type("DisruptionTarget")
                                .status("True"))));
    cluster.batch().createNamespacedJob(namespace, patient).execute();
    Await.until(
        "a pod that runs",
        () -> "Running".equals(cluster.pods(namespace).getFirst().getStatus().getPhase()));
    String first = cluster.pods(namespace).getFirst().getMetadata().getName();

    evict(first);

    Await.until(
        "another pod that runs",
        () ->
            cluster.pods(namespace).stream()
                .anyMatch(
                    pod ->
                        !pod.getMetadata().getName().equals(first)
                            && "Running".equals(pod.getStatus().getPhase())));
    var status = cluster.batch().readNamespacedJob("patient", namespace).execute().getStatus();
    assertThat(status.getFailed()).as("failures that count").isIn(null, 0);
  }

  private void create(V1Pod pod) throws ApiException {
    cluster.core().createNamespacedPod(namespace, pod).execute();
  }

  private V1Pod read(String name) throws ApiException {
    return cluster.pod(namespace, name).orElseThrow();
  }

  private String phase(String name) throws ApiException {
    return read(name).getStatus().getPhase();
  }

  private V1PodCondition condition(String name, String type) throws ApiException {
    return read(name).getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private void patchStatus(String name, String patch) throws ApiException {
    PatchUtils.patch(
        V1Pod.class,
        () ->
            cluster
                .core()
                .patchNamespacedPodStatus(name, namespace, new V1Patch(patch))
                .buildCall(null),
        V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH,
        cluster.core().getApiClient());
  }

  private void evict(String name) throws ApiException {
    cluster
        .core()
        .createNamespacedPodEviction(
            name,
            namespace,
            new V1Eviction().metadata(new V1ObjectMeta().name(name).namespace(namespace)))
        .execute();
  }
}
