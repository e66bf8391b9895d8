package io.viking.system;

import static io.viking.system.Workloads.container;
import static io.viking.system.Workloads.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudgetSpec;
import io.kubernetes.client.openapi.models.V1PodFailurePolicy;
import io.kubernetes.client.openapi.models.V1PodFailurePolicyOnPodConditionsPattern;
import io.kubernetes.client.openapi.models.V1PodFailurePolicyRule;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.viking.cloud.v1.Instance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the cloud offers beside CPU and memory, on a cloud that gives 20 s notice of a reclaim. */
class CloudOffersIT {
  private static final String PREFIX = "k8s.aliyun.com/";
  private static final Map<String, String> SPOT =
      Map.of(PREFIX + "eci-spot-strategy", "SpotAsPriceGo", "sim.viking.io/run-seconds", "3600");

  @TempDir private static Path directory;
  private static VikingProcess viking;
  private static Cluster cluster;
  private String namespace = "";

  @BeforeAll
  static void start() throws Exception {
    Path profile =
        Files.writeString(directory.resolve("cloud.yaml"), "spot: {noticeSeconds: 20}\n");
    viking = VikingProcess.up(directory.resolve("data"), "--profile", profile.toString());
    cluster = viking.cluster();
  }

  @AfterAll
  static void stop() {
    viking.close();
  }

  @BeforeEach
  void makeNamespace() throws Exception {
    namespace = cluster.newNamespace("offers");
  }

  @AfterEach
  void clean() throws Exception {
    cluster
        .core()
        .listNamespacedConfigMap("kube-system")
        .fieldSelector("metadata.name=eci-profile")
        .execute()
        .getItems()
        .forEach(map -> deleteProfile());
    cluster.deleteNamespace(namespace);
  }

  @Test
  void reclaim_failsThePodAsADisruption_soThatItsJobMakesAnother() throws Exception {
    cluster.batch().createNamespacedJob(namespace, spotJob("render")).execute();
    V1Pod first = awaitRunning("render");
    assertThat(first.getMetadata().getAnnotations())
        .containsEntry("viking.io/spot", "true")
        .containsKeys("viking.io/price", PREFIX + "eci-instance-id", PREFIX + "eci-instance-spec");

    cluster.operator().reclaim(cluster.clusterId(), first.getMetadata().getUid());

    awaitEvent(name(first), "SpotToBeReleased: The cloud takes spot instance");
    Await.until(
        "the notice on the condition",
        () -> condition(seen(first), "ContainerInstanceCreated").contains("SpotToBeReleased"));
    Await.until(
        "a failure that is a disruption",
        () ->
            "SpotReclaimed".equals(seen(first).getStatus().getReason())
                && condition(seen(first), "DisruptionTarget").startsWith("True"));
    V1Pod second = awaitRunning("render");
    assertThat(name(second)).isNotEqualTo(name(first));
    var status = cluster.batch().readNamespacedJob("render", namespace).execute().getStatus();
    assertThat(status.getFailed()).as("a disruption counts for nothing").isIn(null, 0);
  }

  @Test
  void reclaim_evictsThePodThatAsksForIt_whenItsBudgetAllows() throws Exception {
    Map<String, String> annotations = new HashMap<>(SPOT);
    annotations.put(PREFIX + "eci-spot-release-strategy", "api-evict");
    V1Deployment web = Workloads.deployment("web", 1);
    web.getSpec().getTemplate().getMetadata().annotations(annotations);
    cluster.apps().createNamespacedDeployment(namespace, web).execute();
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
    V1Pod first = awaitRunning("web");
    Await.until(
        "a budget that guards it",
        () ->
            cluster
                    .policy()
                    .readNamespacedPodDisruptionBudget("web", namespace)
                    .execute()
                    .getStatus()
                    .getCurrentHealthy()
                == 1);

    cluster.operator().reclaim(cluster.clusterId(), first.getMetadata().getUid());

    Await.until("an eviction that is held back", () -> log().contains("eviction is held back"));
    assertThat(seen(first).getMetadata().getDeletionTimestamp()).isNull();
    cluster.policy().deleteNamespacedPodDisruptionBudget("web", namespace).execute();
    Await.until(
        "the pod evicted before the reclaim",
        () ->
            cluster.pod(namespace, name(first)).isEmpty()
                || seen(first).getMetadata().getDeletionTimestamp() != null);
    assertThat(cluster.pod(namespace, name(first)).map(pod -> pod.getStatus().getPhase()))
        .isNotEqualTo(Optional.of("Failed"));
    assertThat(name(awaitRunning("web"))).isNotEqualTo(name(first));
  }

  @Test
  void profile_isTakenUpAtOnce_yieldsToThePod_andAnInvalidOneIsTold() throws Exception {
    createProfile(
        Map.of(
            "securitygroup",
            "sg-profile",
            "vswitch",
            "vsw-sim-i",
            "selectors",
            """
            [{"objectSelector": {"matchLabels": {"app": "tagged"}},
              "effect": {"annotations": {"k8s.aliyun.com/eci-custom-tags": "team:a"},
                         "labels": {"cost": "low"}}}]
            """));

    create(pod("tagged", Map.of()));
    V1Pod tagged = awaitRunning("tagged");
    assertThat(tagged.getMetadata().getLabels())
        .containsEntry("cost", "low")
        .containsEntry("topology.kubernetes.io/zone", "cn-hangzhou-i");
    assertThat(tagged.getMetadata().getAnnotations())
        .containsEntry(PREFIX + "eci-custom-tags", "team:a")
        .doesNotContainKey(PREFIX + "eci-security-group");
    assertThat(instance("tagged").getTagsMap()).containsEntry("team", "a");

    create(pod("own", Map.of(PREFIX + "eci-vswitch", "vsw-sim-j")));
    assertThat(awaitRunning("own").getSpec().getNodeName()).isEqualTo("cn-hangzhou-j");

    replaceProfile(Map.of("vswitch", "vsw j"));
    Await.until(
        "the flaw, told on the ConfigMap",
        () ->
            cluster.events("kube-system", "eci-profile").stream()
                .anyMatch(
                    event ->
                        event.startsWith("InvalidProfile: vswitch is \"vsw j\", but must be")));
    create(pod("after", Map.of()));
    assertThat(awaitRunning("after").getSpec().getNodeName()).isEqualTo("cn-hangzhou-i");
  }

  @Test
  void profile_withVSwitchesOfNoZone_keepsPodsPending_untilItChanges() throws Exception {
    createProfile(Map.of("vswitch", "vsw-nowhere"));
    create(pod("waiting", Map.of()));
    awaitEvent("waiting", "FailedScheduling");

    replaceProfile(Map.of("vswitch", "vsw-sim-h"));

    assertThat(awaitRunning("waiting").getSpec().getNodeName()).isEqualTo("cn-hangzhou-h");
  }

  @Test
  void gpus_areHadByNumberAlone_andByType() throws Exception {
    create(pod("any", gpus("1")));
    V1Pod typed = pod("typed", gpus("1"));
    typed.getMetadata().annotations(Map.of(PREFIX + "eci-use-specs", "ecs.gn6v-c8g1.2xlarge"));
    create(typed);

    assertThat(awaitRunning("any").getMetadata().getAnnotations())
        .containsEntry(PREFIX + "eci-instance-spec", "ecs.gn5i-c2g1.large");
    assertThat(awaitRunning("typed").getMetadata().getAnnotations())
        .containsEntry(PREFIX + "eci-instance-spec", "ecs.gn6v-c8g1.2xlarge");
  }

  @Test
  void publicAddressAndUnknownKey_areToldOnThePod() throws Exception {
    create(pod("web", Map.of(PREFIX + "eci-with-eip", "true", PREFIX + "eci-use-spec", "2-4Gi")));

    V1Pod web = awaitRunning("web");
    assertThat(web.getMetadata().getAnnotations())
        .containsEntry(PREFIX + "allocated-eipAddress", instance("web").getPublicAddress());
    awaitEvent("web", "UnknownAnnotation: annotation k8s.aliyun.com/eci-use-spec is not known");
  }

  /** The door looks at one annotation at a time. */
  @Test
  void annotationsThatExcludeEachOther_keepThePodUnbound() throws Exception {
    create(
        pod(
            "bad",
            Map.of(PREFIX + "eci-with-eip", "true", PREFIX + "eci-eip-instanceid", "eip-1")));

    awaitEvent("bad", "k8s.aliyun.com/eci-eip-instanceid is \"eip-1\", but must be absent");
    assertThat(cluster.pod(namespace, "bad").orElseThrow().getSpec().getNodeName()).isNull();
  }

  private static V1Container gpus(String count) {
    return container("nginx")
        .resources(
            new V1ResourceRequirements().limits(Map.of("nvidia.com/gpu", new Quantity(count))));
  }

  private static V1Job spotJob(String name) {
    V1Job job = Workloads.job(name, 1, SPOT);
    job.getSpec()
        .podFailurePolicy(
            new V1PodFailurePolicy()
                .rules(
                    List.of(
                        new V1PodFailurePolicyRule()
                            .action("Ignore")
                            .onPodConditions(
                                List.of(
                                    new V1PodFailurePolicyOnPodConditionsPattern()
                                        .type("DisruptionTarget")
                                        .status("True"))))));
    return job;
  }

  private void create(V1Pod pod) throws Exception {
    cluster.core().createNamespacedPod(namespace, pod).execute();
  }

  private static V1ConfigMap profile(Map<String, String> data) {
    return new V1ConfigMap()
        .metadata(new V1ObjectMeta().namespace("kube-system").name("eci-profile"))
        .data(data);
  }

  /** What is created from then on finds it in force. */
  private static void createProfile(Map<String, String> data) throws Exception {
    int before = profilesTaken();
    cluster.core().createNamespacedConfigMap("kube-system", profile(data)).execute();
    Await.until("the profile in force", () -> profilesTaken() > before);
  }

  private static int profilesTaken() throws Exception {
    return log().split("eci-profile: in force", -1).length;
  }

  private static void replaceProfile(Map<String, String> data) throws Exception {
    cluster
        .core()
        .replaceNamespacedConfigMap("eci-profile", "kube-system", profile(data))
        .execute();
  }

  private static void deleteProfile() {
    try {
      cluster.core().deleteNamespacedConfigMap("eci-profile", "kube-system").execute();
    } catch (ApiException failed) {
      throw new IllegalStateException(failed.getResponseBody(), failed);
    }
  }

  private static String log() throws Exception {
    return Files.readString(viking.dataDirectory().resolve("logs").resolve("viking.log"));
  }

  private V1Pod awaitRunning(String app) throws Exception {
    Await.until("a running pod of " + app, () -> running(app).isPresent());
    return running(app).orElseThrow();
  }

  private Optional<V1Pod> running(String app) throws Exception {
    return cluster.pods(namespace).stream()
        .filter(
            pod ->
                app.equals(pod.getMetadata().getLabels().get("app"))
                    && "Running".equals(pod.getStatus().getPhase())
                    && pod.getMetadata().getDeletionTimestamp() == null)
        .findFirst();
  }

  private V1Pod seen(V1Pod pod) throws Exception {
    return cluster.pod(namespace, name(pod)).orElseThrow();
  }

  private Instance instance(String pod) throws Exception {
    return cluster.instances(namespace).stream()
        .filter(instance -> instance.getName().equals(pod))
        .findFirst()
        .orElseThrow();
  }

  private void awaitEvent(String pod, String text) {
    Await.until(
        "an event about " + pod + ": " + text,
        () -> cluster.events(namespace, pod).stream().anyMatch(event -> event.contains(text)));
  }

  /** "True SpotToBeReleased The cloud takes …"; empty if there is none. */
  private static String condition(V1Pod pod, String type) {
    return pod.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .map(c -> c.getStatus() + " " + c.getReason() + " " + c.getMessage())
        .findFirst()
        .orElse("");
  }

  private static String name(V1Pod pod) {
    return pod.getMetadata().getName();
  }
}
