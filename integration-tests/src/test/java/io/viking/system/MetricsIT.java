package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * metrics-server, unchanged, over the zones' kubelet API: top, and an autoscaler that acts on it.
 */
class MetricsIT {
  /** Of rounds of figures and the autoscaler's; the first time metrics-server is built, too. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Cluster cluster = SharedViking.cluster();
  private final Kubectl kubectl = new Kubectl(SharedViking.process());
  private String namespace = "";

  MetricsIT() throws Exception {}

  @BeforeEach
  void makeNamespace() throws Exception {
    assumeTrue(
        SharedViking.measures(),
        "metrics-server is not built yet, which takes two minutes, and an autoscaler takes four:"
            + " -Dviking.metrics=true builds it");
    namespace = cluster.newNamespace("metrics");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    if (!namespace.isEmpty()) {
      cluster.deleteNamespace(namespace);
    }
  }

  @Test
  void top_showsWhatPodsUse_andZones() throws Exception {
    does(
        "run",
        "web",
        "--image=nginx",
        "--annotations=sim.viking.io/cpu=250m",
        "--annotations=sim.viking.io/memory=64Mi");
    does("wait", "pod/web", "--for=condition=Ready", "--timeout=120s");

    await("kubectl top pod", () -> kubectl.run(here("top", "pod", "web")).succeeded());

    assertThat(does("top", "pod", "web", "--no-headers"))
        .containsPattern("web +2(49|5[01])m +64Mi");
    assertThat(does("top", "nodes", "--no-headers")).contains("cn-hangzhou-");
  }

  @Test
  void autoscaler_followsTheLoad_upAndDown() throws Exception {
    kubectl.applies(
        namespace,
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata:
              labels: {app: web}
              annotations: {sim.viking.io/cpu: "0s:400m,100s:400m,110s:20m"}
            spec:
              containers:
              - name: main
                image: nginx
                resources: {requests: {cpu: 200m}}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          minReplicas: 1
          maxReplicas: 4
          metrics:
          - type: Resource
            resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}
          behavior: {scaleDown: {stabilizationWindowSeconds: 0}}
        """);

    await("four replicas under load", () -> replicas().equals("4"));
    await("one replica when it is over", () -> replicas().equals("1"));
  }

  private String replicas() throws Exception {
    return does("get", "deployment", "web", "-o", "jsonpath={.status.readyReplicas}");
  }

  private String does(String... arguments) throws Exception {
    return kubectl.does(here(arguments));
  }

  private String[] here(String... arguments) {
    return Stream.concat(Stream.of("-n", namespace), Stream.of(arguments)).toArray(String[]::new);
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .ignoreExceptions()
        .until(condition);
  }
}
