package io.viking.controlplane.upstream;

import static io.viking.controlplane.pki.AuthorityName.CLUSTER;
import static io.viking.controlplane.pki.AuthorityName.ETCD;
import static io.viking.controlplane.pki.AuthorityName.FRONT_PROXY;

import com.google.common.collect.ImmutableSet;
import io.viking.controlplane.pki.CertificatePlan;
import java.util.List;
import java.util.Set;

/** The certificates of a native control plane, who they say one is, and who signs them. */
final class ClusterCertificates {
  static final String API_SERVER = "apiserver";
  static final String API_SERVER_ETCD_CLIENT = "apiserver-etcd-client";
  static final String API_SERVER_KUBELET_CLIENT = "apiserver-kubelet-client";
  static final String FRONT_PROXY_CLIENT = "front-proxy-client";
  static final String ETCD_SERVER = "etcd-server";
  static final String CONTROLLER_MANAGER = "controller-manager";
  static final String CONTROLLER_MANAGER_SERVER = "controller-manager-server";
  static final String SCHEDULER = "scheduler";
  static final String SCHEDULER_SERVER = "scheduler-server";
  static final String METRICS_SERVER = "metrics-server";
  static final String METRICS_SERVER_SERVER = "metrics-server-server";
  static final String ADMIN = "admin";
  static final String KUBELET = "kubelet";

  /** Kubernetes' own group that every authorizer lets through. */
  static final String ADMINISTRATORS = "system:masters";

  private static final Set<String> LOCAL = Set.of("localhost", Layout.LOOPBACK, "::1");

  private ClusterCertificates() {}

  /**
   * @param kubeletAddress the zone nodes' InternalIP
   */
  static List<CertificatePlan> plans(String kubeletAddress) {
    return List.of(
        CertificatePlan.server(
            API_SERVER,
            CLUSTER,
            "kube-apiserver",
            ImmutableSet.<String>builder()
                .addAll(LOCAL)
                .add(
                    "kubernetes",
                    "kubernetes.default",
                    "kubernetes.default.svc",
                    "kubernetes.default.svc.cluster.local",
                    ApiServerCommand.FIRST_SERVICE_ADDRESS)
                .build()),
        CertificatePlan.client(API_SERVER_ETCD_CLIENT, ETCD, "kube-apiserver-etcd-client"),
        CertificatePlan.client(
            API_SERVER_KUBELET_CLIENT, CLUSTER, "kube-apiserver-kubelet-client", ADMINISTRATORS),
        CertificatePlan.client(FRONT_PROXY_CLIENT, FRONT_PROXY, FRONT_PROXY_CLIENT),
        // Its one certificate serves clients and is shown to peers.
        new CertificatePlan(
            ETCD_SERVER,
            ETCD,
            "etcd",
            List.of(),
            Set.of(CertificatePlan.Usage.SERVER, CertificatePlan.Usage.CLIENT),
            LOCAL),
        CertificatePlan.client(CONTROLLER_MANAGER, CLUSTER, "system:kube-controller-manager"),
        CertificatePlan.server(
            CONTROLLER_MANAGER_SERVER, CLUSTER, "kube-controller-manager", LOCAL),
        CertificatePlan.client(SCHEDULER, CLUSTER, "system:kube-scheduler"),
        CertificatePlan.server(SCHEDULER_SERVER, CLUSTER, "kube-scheduler", LOCAL),
        CertificatePlan.client(METRICS_SERVER, CLUSTER, MetricsServerCommand.USER),
        CertificatePlan.server(
            METRICS_SERVER_SERVER,
            CLUSTER,
            "metrics-server",
            ImmutableSet.<String>builder()
                .addAll(LOCAL)
                .add(MetricsServerCommand.SERVICE_HOST)
                .build()),
        CertificatePlan.client(ADMIN, CLUSTER, "kubernetes-admin", ADMINISTRATORS),
        CertificatePlan.server(
            KUBELET,
            CLUSTER,
            "system:node:viking",
            ImmutableSet.<String>builder().addAll(LOCAL).add(kubeletAddress).build()));
  }
}
