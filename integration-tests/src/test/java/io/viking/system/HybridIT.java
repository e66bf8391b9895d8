package io.viking.system;

import static io.viking.system.Workloads.container;
import static io.viking.system.Workloads.deployment;
import static io.viking.system.Workloads.pod;
import static io.viking.system.Workloads.template;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1DaemonSet;
import io.kubernetes.client.openapi.models.V1DaemonSetSpec;
import io.kubernetes.client.openapi.models.V1DaemonSetStatus;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Toleration;
import io.kubernetes.client.openapi.models.V1TopologySpreadConstraint;
import io.viking.bench.rival.Rivals;
import io.viking.cli.server.StatusReport;
import io.viking.controlplane.Environment;
import io.viking.controlplane.Progress;
import io.viking.controlplane.upstream.Binaries;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One cluster with kube-scheduler, a machine and zones: each scheduler serves its own pods. The
 * first run on a machine builds kube-scheduler and KWOK, which takes about two minutes.
 */
class HybridIT {
  private static final String MACHINE = "machine-1";
  private static final String ZONE = "cn-hangzhou-h";
  private static final String ECI = "alibabacloud.com/eci";
  private static final String TAINT = "virtual-kubelet.io/provider";

  private static VikingProcess viking;
  private static Cluster cluster;
  private static Machine machine;
  private String namespace = "";

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        Boolean.parseBoolean(System.getProperty("viking.hybrid", "true")),
        "-Dviking.hybrid=false: kube-scheduler and KWOK are not to be built");
    Binaries binaries = Rivals.binaries(Environment.system(), new Told());
    viking = VikingProcess.up(Files.createTempDirectory("viking-hybrid-"), "--hybrid");
    cluster = viking.cluster();
    machine = Machine.join(viking, binaries, MACHINE, ZONE);
    Await.until(
        "the policies in force",
        () -> schedulerOf("default", labelled(pod("probe", container("nginx")))).equals("viking"));
  }

  @AfterAll
  static void stop() {
    Optional.ofNullable(machine).ifPresent(Machine::close);
    Optional.ofNullable(viking).ifPresent(VikingProcess::close);
  }

  @BeforeEach
  void makeNamespace() throws Exception {
    namespace = cluster.newNamespace("hybrid");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    cluster.deleteNamespace(namespace);
  }

  @Test
  void nodes_areTheZonesAndTheMachine_andStatusShowsBothSchedulers() throws Exception {
    assertThat(cluster.core().listNode().execute().getItems())
        .extracting(node -> node.getMetadata().getName())
        .containsExactlyInAnyOrder(MACHINE, "cn-hangzhou-h", "cn-hangzhou-i", "cn-hangzhou-j");
    StatusReport status = viking.status();
    assertThat(status.state()).isEqualTo("ready");
    assertThat(status.parts())
        .filteredOn(part -> part.state().equals("ready"))
        .extracting(StatusReport.Part::name)
        .contains("kube-scheduler", "scheduler", "choice-policy");
  }

  @Test
  void plainDeployment_runsOnTheMachine_andNothingIsBought() throws Exception {
    cluster.apps().createNamespacedDeployment(namespace, deployment("web", 5)).execute();

    awaitRunning(5);

    assertThat(cluster.pods(namespace)).extracting(HybridIT::node).containsOnly(MACHINE);
    assertThat(cluster.instances(namespace)).isEmpty();
  }

  @Test
  void podsThatChooseZones_runThere_oneInstanceEach_besideThoseThatDoNot() throws Exception {
    create(labelled(pod("by-label", container("nginx"))));
    V1Pod byOldLabel = pod("by-old-label", container("nginx"));
    label(byOldLabel.getMetadata(), "eci", "true");
    create(byOldLabel);
    V1Pod byToleration = pod("by-toleration", container("nginx"));
    byToleration.getSpec().addTolerationsItem(new V1Toleration().key(TAINT).operator("Exists"));
    create(byToleration);
    V1Pod byName = pod("by-name", container("nginx"));
    byName.getSpec().schedulerName("viking");
    create(byName);
    var chosen = deployment("chosen", 3);
    label(chosen.getSpec().getTemplate().getMetadata(), ECI, "true");
    cluster.apps().createNamespacedDeployment(namespace, chosen).execute();
    create(pod("plain", container("nginx")));

    awaitRunning(8);

    assertThat(cluster.pods(namespace))
        .allSatisfy(
            pod -> {
              if (pod.getMetadata().getName().equals("plain")) {
                assertThat(node(pod)).isEqualTo(MACHINE);
              } else {
                assertThat(node(pod)).startsWith("cn-hangzhou-");
              }
            });
    assertThat(cluster.instances(namespace))
        .extracting(instance -> instance.getUid())
        .containsExactlyInAnyOrderElementsOf(
            cluster.pods(namespace).stream()
                .filter(pod -> !node(pod).equals(MACHINE))
                .map(pod -> pod.getMetadata().getUid())
                .toList());
  }

  @Test
  void labelledNamespace_choosesForItsPods_unlessOneRefuses() throws Exception {
    for (String label : List.of(ECI, "eci")) {
      String labelled = cluster.newNamespace("labelled");
      var object = cluster.core().readNamespace(labelled).execute();
      label(object.getMetadata(), label, "true");
      cluster.core().replaceNamespace(labelled, object).execute();
      Await.until(
          "the label " + label + " in force",
          () -> schedulerOf(labelled, pod("probe", container("nginx"))).equals("viking"));
      V1Pod refusing = pod("refusing", container("nginx"));
      label(refusing.getMetadata(), label, "false");
      assertThat(schedulerOf(labelled, refusing)).isEqualTo("default-scheduler");

      cluster.apps().createNamespacedDeployment(labelled, deployment("web", 2)).execute();
      Await.until("2 Running pods", () -> running(labelled) == 2);
      OneToOne.check(cluster, labelled);
      cluster.deleteNamespace(labelled);
    }
  }

  @Test
  void podsThatChooseNothing_keepTheirScheduler() throws Exception {
    V1Pod another = labelled(pod("another", container("nginx")));
    another.getSpec().schedulerName("theirs");
    assertThat(schedulerOf(namespace, another)).isEqualTo("theirs");

    V1Pod placed = labelled(pod("placed", container("nginx")));
    placed.getSpec().nodeName(MACHINE);
    assertThat(schedulerOf(namespace, placed)).isEqualTo("default-scheduler");

    for (V1Toleration toleration :
        List.of(
            new V1Toleration().operator("Exists"),
            new V1Toleration().key(TAINT).operator("Equal").value("azure"),
            new V1Toleration().key(TAINT).operator("Exists").effect("NoExecute"))) {
      V1Pod tolerant = pod("tolerant", container("nginx"));
      tolerant.getSpec().addTolerationsItem(toleration);
      assertThat(schedulerOf(namespace, tolerant)).isEqualTo("default-scheduler");
    }
    V1Pod ours = pod("ours", container("nginx"));
    ours.getSpec().addTolerationsItem(new V1Toleration().key(TAINT).value("viking"));
    assertThat(schedulerOf(namespace, ours)).isEqualTo("viking");

    V1Pod labelledFalse = pod("false", container("nginx"));
    label(labelledFalse.getMetadata(), ECI, "false");
    assertThat(schedulerOf(namespace, labelledFalse)).isEqualTo("default-scheduler");
  }

  @Test
  void daemonSet_getsItsPodOnTheMachine_andNoneOnZones() throws Exception {
    V1DaemonSet labelled = daemonSet("agent");
    label(labelled.getSpec().getTemplate().getMetadata(), ECI, "true");
    cluster.apps().createNamespacedDaemonSet(namespace, labelled).execute();

    Await.until("a ready DaemonSet", () -> statusOf("agent").getNumberReady() == 1);

    assertThat(statusOf("agent").getDesiredNumberScheduled()).isEqualTo(1);
    assertThat(cluster.pods(namespace)).extracting(HybridIT::node).containsExactly(MACHINE);
    assertThat(cluster.instances(namespace)).isEmpty();
  }

  @Test
  void daemonSet_thatToleratesEverything_staysPendingForZones_andNothingIsBought()
      throws Exception {
    V1DaemonSet blanket = daemonSet("blanket");
    blanket
        .getSpec()
        .getTemplate()
        .getSpec()
        .addTolerationsItem(new V1Toleration().operator("Exists"));
    cluster.apps().createNamespacedDaemonSet(namespace, blanket).execute();

    Await.until(
        "one ready and three told why not",
        () ->
            statusOf("blanket").getNumberReady() == 1
                && cluster.pods(namespace).stream().filter(HybridIT::isUnschedulable).count() == 3);

    assertThat(cluster.pods(namespace))
        .extracting(HybridIT::node)
        .containsExactlyInAnyOrder(MACHINE, "", "", "");
    assertThat(cluster.instances(namespace)).isEmpty();
  }

  @Test
  void spread_countsPodsOnTheMachine_inItsZone() throws Exception {
    create(pod("web", container("nginx")));
    awaitRunning(1);
    for (String name : List.of("web-1", "web-2")) {
      V1Pod pod = labelled(pod(name, container("nginx")));
      label(pod.getMetadata(), "app", "web");
      pod.getSpec()
          .addTopologySpreadConstraintsItem(
              new V1TopologySpreadConstraint()
                  .maxSkew(1)
                  .topologyKey("topology.kubernetes.io/zone")
                  .whenUnsatisfiable("DoNotSchedule")
                  .labelSelector(new V1LabelSelector().matchLabels(Cluster.labels("web"))));
      create(pod);
    }

    awaitRunning(3);

    assertThat(cluster.pods(namespace))
        .extracting(HybridIT::node)
        .as("the machine stands in " + ZONE)
        .containsExactlyInAnyOrder(MACHINE, "cn-hangzhou-i", "cn-hangzhou-j");
  }

  @Test
  void door_looksAtWhatChoseZones_andAtNothingElse() throws Exception {
    Map<String, String> chosen = Map.of("app", "a", ECI, "true");
    Map<String, String> plain = Map.of("app", "a");
    Await.until("the door in force", () -> !tried("Deployment", chosen).isTaken());

    assertThat(tried("Deployment", chosen).message())
        .contains("spec.template.spec.volumes[0].hostPath: a pod has no host");
    assertThat(tried("Pod", chosen).message())
        .as("by the scheduler that the choice has set")
        .contains("spec.volumes[0].hostPath: a pod has no host");
    for (String kind : List.of("Pod", "Deployment", "DaemonSet")) {
      DryRun.Answer answer = tried(kind, plain);
      assertThat(answer.isTaken()).as(answer.message()).isTrue();
    }
    assertThat(
            new DryRun(cluster.clients().apiClient())
                .create(
                    DoorObjects.path(namespace, "v1", "services"),
                    DryRun.yaml(
                        """
                        apiVersion: v1
                        kind: Service
                        metadata: {name: web}
                        spec: {type: NodePort, selector: {app: web}, ports: [{port: 80}]}
                        """))
                .isTaken())
        .as("machines have ports")
        .isTrue();
  }

  /** What the API server says to one with a volume of kind hostPath. */
  private DryRun.Answer tried(String kind, Map<String, String> labels) throws IOException {
    Map<String, Object> template = DoorObjects.template(kind);
    boolean isPod = kind.equals("Pod");
    template.put(
        "metadata", isPod ? Map.of("name", "web", "labels", labels) : Map.of("labels", labels));
    Map<String, Object> object = isPod ? template : DoorObjects.owner("apps/v1", kind, template);
    object.put("apiVersion", isPod ? "v1" : "apps/v1");
    object.put("kind", kind);
    return new DryRun(cluster.clients().apiClient())
        .create(
            DoorObjects.path(
                namespace, isPod ? "v1" : "apps/v1", kind.toLowerCase(Locale.ROOT) + "s"),
            object);
  }

  private void create(V1Pod pod) throws ApiException {
    cluster.core().createNamespacedPod(namespace, pod).execute();
  }

  private void awaitRunning(int count) {
    Await.until(count + " Running pods", () -> running(namespace) == count);
  }

  private static long running(String namespace) throws ApiException {
    return cluster.pods(namespace).stream()
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .count();
  }

  /** Which scheduler a pod would get; none is made. */
  private static String schedulerOf(String namespace, V1Pod pod) throws ApiException {
    return cluster
        .core()
        .createNamespacedPod(namespace, pod)
        .dryRun("All")
        .execute()
        .getSpec()
        .getSchedulerName();
  }

  private V1DaemonSetStatus statusOf(String daemonSet) throws ApiException {
    return cluster.apps().readNamespacedDaemonSet(daemonSet, namespace).execute().getStatus();
  }

  private static V1Pod labelled(V1Pod pod) {
    label(pod.getMetadata(), ECI, "true");
    return pod;
  }

  private static void label(V1ObjectMeta metadata, String key, String value) {
    var labels = new HashMap<>(metadata.getLabels());
    labels.put(key, value);
    metadata.setLabels(labels);
  }

  private static V1DaemonSet daemonSet(String name) {
    return new V1DaemonSet()
        .metadata(new V1ObjectMeta().name(name))
        .spec(
            new V1DaemonSetSpec()
                .selector(new V1LabelSelector().matchLabels(Cluster.labels(name)))
                .template(template(name)));
  }

  private static String node(V1Pod pod) {
    return Optional.ofNullable(pod.getSpec().getNodeName()).orElse("");
  }

  private static boolean isUnschedulable(V1Pod pod) {
    return Optional.ofNullable(pod.getStatus().getConditions()).orElse(List.of()).stream()
        .anyMatch(condition -> "Unschedulable".equals(condition.getReason()));
  }

  /** Says on standard error what takes minutes. */
  private static final class Told implements Progress {
    @Override
    public void step(String what) {
      System.err.println(what);
    }

    @Override
    public void advance(String detail, int done, int total) {}

    @Override
    public void note(String sentence) {
      System.err.println(sentence);
    }
  }
}
