package io.viking.controlplane.upstream;

import static io.viking.controlplane.pki.AuthorityName.CLUSTER;

import io.viking.controlplane.pki.Pki;
import io.viking.controlplane.ports.PortName;
import java.util.List;
import java.util.Map;

/**
 * What kube-scheduler is told in a hybrid cluster: it has the pods that name no scheduler, and puts
 * them on machines. Zones are tainted, but a pod that tolerates everything (as those of many
 * DaemonSets do) would be put there, too.
 */
final class SchedulerCommand {
  private static final String PROFILE = "default-scheduler";
  private static final int CALLS_PER_SECOND = 2_000;

  /** Nodes without the label that each zone has. */
  private static final Map<String, Object> NO_ZONE =
      Map.of("key", "node-role.kubernetes.io/zone", "operator", "DoesNotExist");

  private SchedulerCommand() {}

  /**
   * @param binaries those that have it; not the control plane's
   */
  static List<String> of(Layout layout, Binaries binaries) {
    Pki pki = layout.pki();
    String kubeconfig = layout.schedulerKubeconfig().toString();
    return List.of(
        binaries.binary(Binaries.SCHEDULER).toString(),
        "--config=" + layout.schedulerConfiguration(),
        "--authentication-kubeconfig=" + kubeconfig,
        "--authorization-kubeconfig=" + kubeconfig,
        "--bind-address=" + Layout.LOOPBACK,
        "--secure-port=" + layout.ports().port(PortName.SCHEDULER),
        "--tls-cert-file=" + pki.certificate(ClusterCertificates.SCHEDULER_SERVER),
        "--tls-private-key-file=" + pki.key(ClusterCertificates.SCHEDULER_SERVER),
        "--client-ca-file=" + pki.authority(CLUSTER));
  }

  static SchedulerConfiguration configuration(Layout layout) {
    return SchedulerConfiguration.plain(layout.schedulerKubeconfig(), PROFILE, CALLS_PER_SECOND)
        .keepingTo(NO_ZONE);
  }
}
