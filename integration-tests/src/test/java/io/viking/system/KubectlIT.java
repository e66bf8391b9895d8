package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people type: kubectl itself, its exit codes and what it prints. */
class KubectlIT {
  private final Cluster cluster = SharedViking.cluster();
  private Kubectl kubectl;
  private String namespace = "";

  @BeforeEach
  void makeNamespace() throws Exception {
    kubectl = new Kubectl(SharedViking.process());
    namespace = cluster.newNamespace("kubectl");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    kubectl.does("uncordon", "--selector=type=virtual-kubelet");
    cluster.deleteNamespace(namespace);
  }

  private String does(String... arguments) throws Exception {
    return kubectl.does(in(arguments));
  }

  private VikingProcess.Result tries(String... arguments) throws Exception {
    return kubectl.run(in(arguments));
  }

  private String[] in(String... arguments) {
    return Stream.concat(Stream.of("-n", namespace), Stream.of(arguments)).toArray(String[]::new);
  }

  @Test
  void runWaitGetDescribeDelete() throws Exception {
    assertThat(does("run", "web", "--image=nginx")).contains("pod/web created");
    assertThat(does("wait", "pod/web", "--for=condition=Ready", "--timeout=60s"))
        .contains("condition met");
    assertThat(does("get", "pod", "web", "-o", "wide"))
        .containsPattern("web +1/1 +Running +0 +\\S+ +10\\.\\S+ +cn-hangzhou-");
    assertThat(does("describe", "pod", "web"))
        .contains("QoS Class:", "Successfully assigned", "Ready             True");
    assertThat(does("delete", "pod", "web")).contains("deleted");
    assertThat(tries("get", "pod", "web").output()).contains("NotFound");
  }

  @Test
  void deployment_createScaleRolloutUndo() throws Exception {
    does("create", "deployment", "web", "--image=nginx:1.25", "--replicas=3");
    does("rollout", "status", "deployment/web", "--timeout=120s");
    does("scale", "deployment/web", "--replicas=6");
    does("wait", "deployment/web", "--for=jsonpath={.status.readyReplicas}=6", "--timeout=120s");

    does("set", "image", "deployment/web", "nginx=nginx:1.27");
    assertThat(does("rollout", "status", "deployment/web", "--timeout=120s"))
        .contains("successfully rolled out");
    assertThat(images()).containsOnly("nginx:1.27");

    does("rollout", "undo", "deployment/web");
    does("rollout", "status", "deployment/web", "--timeout=120s");
    assertThat(images()).containsOnly("nginx:1.25");
    does("scale", "deployment/web", "--replicas=0");
    Await.until("no instance", () -> cluster.instances(namespace).isEmpty());
  }

  private List<String> images() throws Exception {
    Await.until(
        "nothing but what the Deployment wants",
        () ->
            cluster.pods(namespace).stream()
                .allMatch(pod -> pod.getMetadata().getDeletionTimestamp() == null));
    return cluster.pods(namespace).stream()
        .map(pod -> pod.getStatus().getContainerStatuses().getFirst().getImage())
        .toList();
  }

  @Test
  void apply_anObjectOfEachKindOfWorkload() throws Exception {
    String applied =
        kubectl.applies(
            namespace,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {colour: green}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db}
            spec:
              serviceName: db
              replicas: 2
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db}}
                spec:
                  containers:
                  - name: main
                    image: postgres
                    envFrom: [{configMapRef: {name: settings}}]
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: sum}
            spec:
              template:
                metadata: {annotations: {sim.viking.io/run-seconds: "0"}}
                spec:
                  restartPolicy: Never
                  containers: [{name: main, image: busybox}]
            """);
    assertThat(applied).contains("statefulset.apps/db created", "job.batch/sum created");
    does("rollout", "status", "statefulset/db", "--timeout=120s");
    does("wait", "job/sum", "--for=condition=Complete", "--timeout=120s");
    assertThat(does("logs", "job/sum")).isNotEmpty();
  }

  @Test
  void drainOfAZone_movesItsPods_andBudgetsHold() throws Exception {
    does("create", "deployment", "web", "--image=nginx", "--replicas=6");
    does("rollout", "status", "deployment/web", "--timeout=120s");
    does("create", "pdb", "web", "--selector=app=web", "--min-available=5");
    String zone = cluster.pods(namespace).getFirst().getSpec().getNodeName();

    String drained =
        does("drain", zone, "--pod-selector=app=web", "--ignore-daemonsets", "--timeout=150s");

    assertThat(drained).contains("drained");
    does("rollout", "status", "deployment/web", "--timeout=120s");
    assertThat(cluster.pods(namespace))
        .filteredOn(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .hasSize(6)
        .noneMatch(pod -> zone.equals(pod.getSpec().getNodeName()));
    Await.until("one to one", () -> OneToOne.holds(cluster, namespace));
  }

  @Test
  void debug_isRefusedWithTheWayOut_whichWorks() throws Exception {
    does("run", "web", "--image=nginx");
    does("wait", "pod/web", "--for=condition=Ready", "--timeout=60s");

    VikingProcess.Result refused = tries("debug", "web", "--image=busybox", "--", "sleep", "60");

    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.output())
        .contains(
            "nothing can be added to a running instance here", "kubectl debug --copy-to=NAME");
    does("debug", "web", "--image=busybox", "--copy-to=copy", "--", "sleep", "60");
    does("wait", "pod/copy", "--for=condition=Ready", "--timeout=60s");
    assertThat(does("get", "pod", "copy", "-o", "jsonpath={.spec.containers[*].image}"))
        .isEqualTo("nginx busybox");
  }

  @Test
  void forceDelete_leavesNothing() throws Exception {
    does("run", "stuck", "--image=nginx", "--annotations=sim.viking.io/stop-seconds=600");
    does("wait", "pod/stuck", "--for=condition=Ready", "--timeout=60s");
    does("delete", "pod", "stuck", "--force", "--grace-period=0");
    assertThat(tries("get", "pod", "stuck").output()).contains("NotFound");
    Await.until("no instance", () -> cluster.instances(namespace).isEmpty());
  }
}
