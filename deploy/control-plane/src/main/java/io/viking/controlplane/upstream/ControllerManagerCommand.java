package io.viking.controlplane.upstream;

import static io.viking.controlplane.pki.AuthorityName.CLUSTER;

import io.viking.controlplane.pki.Pki;
import io.viking.controlplane.ports.PortName;
import java.util.List;

/**
 * What kube-controller-manager is told: no elections among one, no controllers of machines'
 * networks, and no throttling of itself; its defaults of 20 requests a second and five workers are
 * what limits how fast a Deployment grows.
 */
final class ControllerManagerCommand {
  private ControllerManagerCommand() {}

  static List<String> of(Layout layout) {
    Pki pki = layout.pki();
    String kubeconfig = layout.controllerManagerKubeconfig().toString();
    return List.of(
        layout.binaries().binary(Binaries.CONTROLLER_MANAGER).toString(),
        "--kubeconfig=" + kubeconfig,
        "--authentication-kubeconfig=" + kubeconfig,
        "--authorization-kubeconfig=" + kubeconfig,
        "--bind-address=" + Layout.LOOPBACK,
        "--secure-port=" + layout.ports().port(PortName.CONTROLLER_MANAGER),
        "--tls-cert-file=" + pki.certificate(ClusterCertificates.CONTROLLER_MANAGER_SERVER),
        "--tls-private-key-file=" + pki.key(ClusterCertificates.CONTROLLER_MANAGER_SERVER),
        "--client-ca-file=" + pki.authority(CLUSTER),
        "--leader-elect=false",
        "--use-service-account-credentials=true",
        "--service-account-private-key-file=" + pki.serviceAccountKey(),
        "--root-ca-file=" + pki.authority(CLUSTER),
        "--cluster-signing-cert-file=" + pki.authority(CLUSTER),
        "--cluster-signing-key-file=" + pki.authorityKey(CLUSTER),
        "--controllers=*,-node-ipam-controller,-node-route-controller,-service-lb-controller,"
            + "-cloud-node-lifecycle-controller",
        "--kube-api-qps=2000",
        "--kube-api-burst=4000",
        "--concurrent-deployment-syncs=20",
        "--concurrent-replicaset-syncs=50",
        "--concurrent-statefulset-syncs=20",
        "--concurrent-job-syncs=30",
        "--concurrent-cron-job-syncs=10",
        "--concurrent-endpoint-syncs=10",
        "--concurrent-service-endpoint-syncs=20",
        "--concurrent-namespace-syncs=20",
        "--concurrent-gc-syncs=30",
        "--concurrent-resource-quota-syncs=10",
        "--concurrent-serviceaccount-token-syncs=10",
        "--concurrent-ttl-after-finished-syncs=10",
        "--concurrent-horizontal-pod-autoscaler-syncs=10");
  }
}
