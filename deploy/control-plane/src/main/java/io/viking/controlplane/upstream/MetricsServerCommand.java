package io.viking.controlplane.upstream;

import static io.viking.controlplane.pki.AuthorityName.CLUSTER;

import io.viking.controlplane.pki.Pki;
import io.viking.controlplane.ports.PortName;
import java.util.List;

/** What metrics-server is told. */
final class MetricsServerCommand {
  /** Whose rights the cluster's RBAC names. */
  static final String USER = "system:viking:metrics-server";

  /** As the API server calls it: the name of its Service. */
  static final String SERVICE_HOST = "metrics-server.kube-system.svc";

  /** A round of all nodes; what an autoscaler sees is at most two of them old. */
  private static final int RESOLUTION_SECONDS = 15;

  private MetricsServerCommand() {}

  /**
   * @param binaries those that have it; not the control plane's
   */
  static List<String> of(Layout layout, Binaries binaries) {
    Pki pki = layout.pki();
    String kubeconfig = layout.metricsServerKubeconfig().toString();
    return List.of(
        binaries.binary(Binaries.METRICS_SERVER).toString(),
        "--kubeconfig=" + kubeconfig,
        "--authentication-kubeconfig=" + kubeconfig,
        "--authorization-kubeconfig=" + kubeconfig,
        "--bind-address=" + Layout.LOOPBACK,
        "--secure-port=" + layout.ports().port(PortName.METRICS_SERVER),
        "--tls-cert-file=" + pki.certificate(ClusterCertificates.METRICS_SERVER_SERVER),
        "--tls-private-key-file=" + pki.key(ClusterCertificates.METRICS_SERVER_SERVER),
        "--kubelet-certificate-authority=" + pki.authority(CLUSTER),
        // Of zone nodes: a Hostname address would be looked up by name, and the port is chosen.
        "--kubelet-preferred-address-types=InternalIP",
        "--kubelet-use-node-status-port",
        "--metric-resolution=" + RESOLUTION_SECONDS + "s");
  }
}
