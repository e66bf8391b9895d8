package io.viking.controlplane.upstream;

import static io.viking.controlplane.pki.AuthorityName.CLUSTER;
import static io.viking.controlplane.pki.AuthorityName.ETCD;
import static io.viking.controlplane.pki.AuthorityName.FRONT_PROXY;

import io.viking.controlplane.pki.Pki;
import io.viking.controlplane.ports.PortName;
import java.util.List;
import java.util.stream.Stream;

/**
 * What kube-apiserver is told.
 *
 * <p>It listens on loopback alone. Left to itself it looks for an address to advertise and does not
 * start on a machine that has none but loopback; told to advertise 127.0.0.1 it starts, but cannot
 * write it into the Endpoints of Service {@code default/kubernetes}, where loopback is invalid, and
 * says so every ten seconds. Nothing here resolves that Service to its endpoints, so they are not
 * kept.
 */
final class ApiServerCommand {
  static final String SERVICE_RANGE = "10.96.0.0/16";

  /** The ClusterIP of Service {@code default/kubernetes}. */
  static final String FIRST_SERVICE_ADDRESS = "10.96.0.1";

  static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

  private ApiServerCommand() {}

  static List<String> of(Layout layout) {
    return Stream.concat(always(layout).stream(), audit(layout).stream()).toList();
  }

  /** Kept for a week at most, and no more than 500 MB of it. */
  private static List<String> audit(Layout layout) {
    return layout
        .auditPolicy()
        .map(
            policy ->
                List.of(
                    "--audit-policy-file=" + policy,
                    "--audit-log-path=" + layout.directory().log("audit"),
                    "--audit-log-maxage=7",
                    "--audit-log-maxsize=100",
                    "--audit-log-maxbackup=4"))
        .orElseGet(List::of);
  }

  private static List<String> always(Layout layout) {
    Pki pki = layout.pki();
    return List.of(
        layout.binaries().binary(Binaries.API_SERVER).toString(),
        "--bind-address=" + Layout.LOOPBACK,
        "--advertise-address=" + Layout.LOOPBACK,
        "--endpoint-reconciler-type=none",
        "--secure-port=" + layout.ports().port(PortName.API),
        "--tls-cert-file=" + pki.certificate(ClusterCertificates.API_SERVER),
        "--tls-private-key-file=" + pki.key(ClusterCertificates.API_SERVER),
        "--client-ca-file=" + pki.authority(CLUSTER),
        "--token-auth-file=" + layout.tokens(),
        "--anonymous-auth=false",
        "--authorization-mode=Node,RBAC",
        "--enable-admission-plugins=NodeRestriction",
        // A privileged pod is refused by our own policy, whose sentence names the alternative.
        "--allow-privileged=true",
        "--service-cluster-ip-range=" + SERVICE_RANGE,
        "--service-account-issuer=" + ISSUER,
        "--service-account-key-file=" + pki.serviceAccountPublicKey(),
        "--service-account-signing-key-file=" + pki.serviceAccountKey(),
        "--etcd-servers=" + layout.etcd(),
        "--etcd-cafile=" + pki.authority(ETCD),
        "--etcd-certfile=" + pki.certificate(ClusterCertificates.API_SERVER_ETCD_CLIENT),
        "--etcd-keyfile=" + pki.key(ClusterCertificates.API_SERVER_ETCD_CLIENT),
        // A Hostname address would be looked up by name; ours has none.
        "--kubelet-preferred-address-types=InternalIP",
        "--kubelet-certificate-authority=" + pki.authority(CLUSTER),
        "--kubelet-client-certificate="
            + pki.certificate(ClusterCertificates.API_SERVER_KUBELET_CLIENT),
        "--kubelet-client-key=" + pki.key(ClusterCertificates.API_SERVER_KUBELET_CLIENT),
        "--requestheader-client-ca-file=" + pki.authority(FRONT_PROXY),
        "--requestheader-allowed-names=" + ClusterCertificates.FRONT_PROXY_CLIENT,
        "--requestheader-username-headers=X-Remote-User",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        "--proxy-client-cert-file=" + pki.certificate(ClusterCertificates.FRONT_PROXY_CLIENT),
        "--proxy-client-key-file=" + pki.key(ClusterCertificates.FRONT_PROXY_CLIENT),
        // The defaults, 400 and 200, are what a burst of pods meets first.
        "--max-requests-inflight=4000",
        "--max-mutating-requests-inflight=2000");
  }
}
