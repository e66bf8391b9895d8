package io.viking.system;

import static io.viking.system.Workloads.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Scale;
import io.kubernetes.client.openapi.models.V1ScaleSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.kit.transport.TransportSecurity;
import io.viking.cli.server.StatusReport;
import io.viking.cloud.v1.GetInfoRequest;
import io.viking.cloud.v1.InfoServiceGrpc;
import io.viking.cloud.v1.Instance;
import io.viking.controlplane.pki.AuthorityName;
import io.viking.controlplane.pki.CertificatePlan;
import io.viking.controlplane.pki.Pki;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import io.viking.kube.pause.PauseHold;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts in processes of their own. */
class ApartIT {
  private static final int BEFORE = 20;
  private static final int PODS = 100;

  @TempDir Path directory;

  @Test
  void clusterMovesApartAndBack_losingNothing_thoughEachPartIsKilledWhilePodsCome()
      throws Exception {
    Path data = directory.resolve("data");
    String namespace;
    Set<String> instances;
    try (VikingProcess together = VikingProcess.up(data)) {
      namespace = together.cluster().newNamespace("apart");
      together
          .cluster()
          .apps()
          .createNamespacedDeployment(namespace, deployment("web", BEFORE))
          .execute();
      awaitReplicas(together.cluster(), namespace, BEFORE);
      instances = instanceIds(together.cluster(), namespace);
    }

    List<Long> pids;
    try (VikingProcess apart = VikingProcess.up(data, "--apart")) {
      Cluster cluster = apart.cluster();
      assertThat(instanceIds(cluster, namespace)).isEqualTo(instances);
      scale(cluster, namespace, PODS);
      int killedAt = BEFORE;
      for (String part : List.of("simulated-cloud", "scheduler", "syncer")) {
        killedAt += 10;
        awaitPods(cluster, namespace, killedAt);
        kill(apart, part);
      }
      awaitReplicas(cluster, namespace, PODS);
      OneToOne.check(cluster, namespace);
      instances = instanceIds(cluster, namespace);
      Await.until("all parts ready again", () -> apart.status().state().equals("ready"));
      streamsWork(apart, namespace);
      assertThat(apart.status().parts())
          .filteredOn(part -> part.restarts() > 0)
          .extracting(StatusReport.Part::name)
          .containsExactly("simulated-cloud", "syncer", "scheduler");
      pids =
          apart.status().parts().stream()
              .map(StatusReport.Part::pid)
              .filter(pid -> pid != 0)
              .distinct()
              .toList();
    }
    assertThat(pids)
        .hasSize(6)
        .allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).as("process " + pid).isEmpty());

    try (VikingProcess together = VikingProcess.up(data)) {
      awaitReplicas(together.cluster(), namespace, PODS);
      assertThat(instanceIds(together.cluster(), namespace)).isEqualTo(instances);
      OneToOne.check(together.cluster(), namespace);
    }
  }

  @Test
  void overTcp_strangersAreRefused_andAPauseHoldsTheLoopsStill() throws Exception {
    try (VikingProcess apart =
        VikingProcess.up(directory.resolve("data"), "--apart", "--adapter-transport", "tcp")) {
      Cluster cluster = apart.cluster();
      AdapterAddress adapter = AdapterAddress.parse(apart.status().adapter());
      assertThat(adapter).isInstanceOf(AdapterAddress.Tcp.class);
      refused(adapter, stranger(apart.dataDirectory().resolve("pki")));
      refused(adapter, TransportSecurity.insecure());

      String namespace = cluster.newNamespace("tcp");
      try (KubeClients clients =
              KubeClients.of(
                  apart.dataDirectory().resolve("admin.kubeconfig"),
                  KubeClientConfig.DEFAULT,
                  new SimpleMeterRegistry());
          PauseHold hold = PauseHold.acquire(clients.api(), "a test", Clock.systemUTC())) {
        assertThat(hold.awaitPaused(Set.of("scheduler", "syncer"), Duration.ofSeconds(30)))
            .as("who goes on")
            .isEmpty();
        assertThat(apart.status().state()).isEqualTo("paused");
        assertThat(apart.status().parts())
            .filteredOn(part -> part.detail().contains("paused by a test"))
            .extracting(StatusReport.Part::name)
            .containsExactly("syncer", "scheduler");
        cluster.apps().createNamespacedDeployment(namespace, deployment("web", 5)).execute();
        awaitPods(cluster, namespace, 5);
        await("nobody schedules")
            .during(Duration.ofSeconds(2))
            .atMost(Duration.ofSeconds(4))
            .until(() -> cluster.pods(namespace).stream().noneMatch(ApartIT::isBound));
      }

      awaitReplicas(cluster, namespace, 5);
      assertThat(
              VikingProcess.run(
                      "cloud",
                      "instances",
                      "-n",
                      namespace,
                      "--data-dir",
                      apart.dataDirectory().toString())
                  .output()
                  .lines())
          .as("viking cloud instances, over mutual TLS")
          .hasSize(1 + 5);
      cluster.deleteNamespace(namespace);
    }
  }

  /** From kubectl through the API server and the syncer to an adapter in another process. */
  private static void streamsWork(VikingProcess apart, String namespace) throws Exception {
    var kubectl = new Kubectl(apart);
    kubectl.does("-n", namespace, "run", "streams", "--image=nginx", "--port=8080");
    kubectl.does("-n", namespace, "wait", "pod/streams", "--for=condition=Ready", "--timeout=60s");

    assertThat(kubectl.does("-n", namespace, "exec", "streams", "--", "echo", "hello"))
        .isEqualTo("hello\n");
    try (var forwarding = new Forwarding(kubectl, namespace, "pod/streams", 8080);
        var socket = forwarding.connect(8080)) {
      Forwarding.assertEchoes(socket, "hello");
    }
    Process following =
        kubectl.command("-n", namespace, "logs", "-f", "streams").redirectErrorStream(true).start();
    try (var lines = following.inputReader()) {
      assertThat(lines.readLine()).as("first line of a followed log").isNotBlank();
      kubectl.does("-n", namespace, "delete", "pod", "streams", "--grace-period=1");
      assertThat(following.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("the followed log ends with its container")
          .isTrue();
    } finally {
      following.destroy();
    }
  }

  private static void kill(VikingProcess apart, String part) {
    long pid =
        apart.status().parts().stream()
            .filter(process -> process.name().equals(part))
            .mapToLong(StatusReport.Part::pid)
            .findFirst()
            .orElseThrow();
    assertThat(pid).as("pid of " + part).isPositive();
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
  }

  private static void refused(AdapterAddress adapter, TransportSecurity security)
      throws IOException {
    try (AdapterChannel channel = AdapterChannel.open(adapter, security)) {
      var info = InfoServiceGrpc.newBlockingStub(channel.channel());
      assertThatThrownBy(() -> info.getInfo(GetInfoRequest.getDefaultInstance()))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }
  }

  /** One who trusts the adapter, and whose certificate is of another authority of that name. */
  private TransportSecurity stranger(Path pki) {
    var own = new Pki(directory.resolve("stranger"), Clock.systemUTC(), new SecureRandom());
    own.ensure(
        List.of(
            CertificatePlan.client("stranger", AuthorityName.ADAPTER, "viking-adapter-client")));
    return TransportSecurity.mutualTls(
        own.certificate("stranger"), own.key("stranger"), pki.resolve("adapter-ca.crt"));
  }

  private static void scale(Cluster cluster, String namespace, int replicas) throws ApiException {
    V1Scale scale = cluster.apps().readNamespacedDeploymentScale("web", namespace).execute();
    cluster
        .apps()
        .replaceNamespacedDeploymentScale(
            "web", namespace, scale.spec(new V1ScaleSpec().replicas(replicas)))
        .execute();
  }

  private static void awaitPods(Cluster cluster, String namespace, int pods) {
    Await.until(pods + " pods", () -> cluster.pods(namespace).size() >= pods);
  }

  private static void awaitReplicas(Cluster cluster, String namespace, int replicas) {
    Await.until(
        replicas + " ready replicas",
        () ->
            Integer.valueOf(replicas)
                .equals(
                    cluster
                        .apps()
                        .readNamespacedDeployment("web", namespace)
                        .execute()
                        .getStatus()
                        .getReadyReplicas()));
  }

  private static boolean isBound(V1Pod pod) {
    return pod.getSpec().getNodeName() != null;
  }

  private static Set<String> instanceIds(Cluster cluster, String namespace)
      throws ApiException, IOException {
    return cluster.instances(namespace).stream()
        .map(Instance::getInstanceId)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
