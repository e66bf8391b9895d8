package io.viking.controlplane.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.controlplane.Environment;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.pki.Pki;
import io.viking.controlplane.ports.PortName;
import io.viking.controlplane.ports.PortPlan;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class CommandsTest {
  private static final Map<PortName, Integer> PORTS =
      Map.of(
          PortName.API, 1001,
          PortName.KUBELET, 1002,
          PortName.ETCD_CLIENT, 1003,
          PortName.ETCD_PEER, 1004,
          PortName.CONTROLLER_MANAGER, 1005,
          PortName.SCHEDULER, 1006,
          PortName.METRICS_SERVER, 1007);

  @Test
  void etcd_listensOnLoopback_forHoldersOfItsCertificatesOnly() {
    List<String> command = EtcdCommand.of(layout(false));
    assertThat(command)
        .startsWith("/bin-cache/etcd")
        .contains(
            "--listen-client-urls=https://127.0.0.1:1003",
            "--listen-peer-urls=https://127.0.0.1:1004",
            "--client-cert-auth=true",
            "--peer-client-cert-auth=true",
            "--trusted-ca-file=/data/pki/etcd-ca.crt",
            "--quota-backend-bytes=8589934592",
            "--heartbeat-interval=20",
            "--election-timeout=100")
        .noneMatch(flag -> flag.startsWith("--unsafe"));
  }

  @Test
  void etcd_skipsFsync_onlyWhenTold() {
    assertThat(EtcdCommand.of(layout(true))).endsWith("--unsafe-no-fsync=true");
  }

  @Test
  void apiServer_isTold_whatMattered() {
    assertThat(ApiServerCommand.of(layout(false)))
        .contains(
            "--bind-address=127.0.0.1",
            "--secure-port=1001",
            "--etcd-servers=https://127.0.0.1:1003",
            "--authorization-mode=Node,RBAC",
            "--token-auth-file=/data/pki/tokens.csv",
            "--anonymous-auth=false",
            "--allow-privileged=true",
            "--kubelet-preferred-address-types=InternalIP",
            "--kubelet-certificate-authority=/data/pki/ca.crt",
            "--requestheader-client-ca-file=/data/pki/front-proxy-ca.crt",
            "--max-requests-inflight=4000",
            "--max-mutating-requests-inflight=2000")
        .doesNotHaveDuplicates();
  }

  @Test
  void apiServer_keepsAnAuditLog_onlyWhenTold() {
    assertThat(ApiServerCommand.of(layout(false))).noneMatch(flag -> flag.startsWith("--audit"));
    assertThat(ApiServerCommand.of(layout(false, Optional.of(Path.of("/etc/policy.yaml")))))
        .contains("--audit-policy-file=/etc/policy.yaml", "--audit-log-path=/data/logs/audit.log");
  }

  @Test
  void controllerManager_runsNoControllersOfMachines() {
    assertThat(ControllerManagerCommand.of(layout(false)))
        .contains(
            "--secure-port=1005",
            "--leader-elect=false",
            "--use-service-account-credentials=true",
            "--controllers=*,-node-ipam-controller,-node-route-controller,-service-lb-controller,-cloud-node-lifecycle-controller")
        .doesNotHaveDuplicates();
  }

  @Test
  void scheduler_listensOnLoopback_andIsFromAFolderOfItsOwn() {
    assertThat(SchedulerCommand.of(layout(false), new Binaries(Path.of("/other"))))
        .startsWith("/other/kube-scheduler")
        .contains(
            "--config=/data/run/kube-scheduler.yaml",
            "--bind-address=127.0.0.1",
            "--secure-port=1006",
            "--client-ca-file=/data/pki/ca.crt")
        .doesNotHaveDuplicates();
  }

  @Test
  void metricsServer_listensOnLoopback_andVerifiesTheKubelet() {
    assertThat(MetricsServerCommand.of(layout(false), new Binaries(Path.of("/other"))))
        .startsWith("/other/metrics-server")
        .contains(
            "--kubeconfig=/data/pki/metrics-server.kubeconfig",
            "--bind-address=127.0.0.1",
            "--secure-port=1007",
            "--kubelet-certificate-authority=/data/pki/ca.crt",
            "--kubelet-preferred-address-types=InternalIP",
            "--kubelet-use-node-status-port")
        .noneMatch(flag -> flag.contains("insecure"))
        .doesNotHaveDuplicates();
  }

  @Test
  void scheduler_hasThePodsThatNameNone_andNeverPutsThemOnZones() {
    String written = SchedulerCommand.configuration(layout(false)).yaml();
    Map<String, Object> configuration = new Yaml().load(written);
    assertThat(configuration)
        .containsEntry("kind", "KubeSchedulerConfiguration")
        .containsEntry("leaderElection", Map.of("leaderElect", false))
        .containsEntry(
            "clientConnection",
            Map.of("kubeconfig", "/data/pki/scheduler.kubeconfig", "qps", 2_000, "burst", 4_000));
    assertThat(configuration.get("profiles"))
        .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
        .singleElement()
        .satisfies(
            profile -> {
              assertThat(profile.get("schedulerName")).isEqualTo("default-scheduler");
              assertThat(profile.get("pluginConfig").toString())
                  .contains("NodeAffinityArgs", "node-role.kubernetes.io/zone", "DoesNotExist");
            });
  }

  @Test
  void certificates_nameTheApiServerAndTheZoneNodes() {
    assertThat(ClusterCertificates.plans("10.9.8.7"))
        .filteredOn(plan -> plan.name().equals(ClusterCertificates.API_SERVER))
        .singleElement()
        .satisfies(
            plan ->
                assertThat(plan.hosts())
                    .contains("127.0.0.1", "localhost", "kubernetes.default.svc", "10.96.0.1"));
    assertThat(ClusterCertificates.plans("10.9.8.7"))
        .filteredOn(plan -> plan.name().equals(ClusterCertificates.KUBELET))
        .singleElement()
        .satisfies(plan -> assertThat(plan.hosts()).contains("10.9.8.7", "127.0.0.1"));
  }

  private static Layout layout(boolean unsafeNoFsync) {
    return layout(unsafeNoFsync, Optional.empty());
  }

  private static Layout layout(boolean unsafeNoFsync, Optional<Path> auditPolicy) {
    DataDirectory directory =
        DataDirectory.resolve(
            Optional.of(Path.of("/data")), new Environment(Map.of(), Path.of("/home/ada")));
    return new Layout(
        directory,
        new Pki(directory.pki(), Clock.systemUTC(), new SecureRandom()),
        new PortPlan.Chosen(PORTS),
        new Binaries(Path.of("/bin-cache")),
        "127.0.0.1",
        auditPolicy,
        unsafeNoFsync);
  }
}
