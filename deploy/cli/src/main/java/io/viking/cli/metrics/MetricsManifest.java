package io.viking.cli.metrics;

import io.kubernetes.client.openapi.models.V1APIService;
import io.kubernetes.client.openapi.models.V1ClusterRole;
import io.kubernetes.client.openapi.models.V1ClusterRoleBinding;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.viking.cli.install.InstalledObject;
import io.viking.cli.install.InstalledTypes;
import io.viking.cli.install.JarManifest;
import io.viking.kube.cache.ResourceType;
import java.util.Base64;
import java.util.List;

/**
 * What a cluster must know before metrics-server can serve it: its rights, and its place in the
 * API. A file of the jar.
 */
final class MetricsManifest {
  /** Which API it is that metrics-server serves. */
  static final String API = "v1beta1.metrics.k8s.io";

  static final ResourceType<V1APIService> API_SERVICES =
      InstalledTypes.ofCluster(V1APIService.class, "apiregistration.k8s.io", "apiservices");

  private static final String FILE = "metrics-server.yaml";
  private static final String RBAC = "rbac.authorization.k8s.io";

  private static final List<ResourceType<?>> TYPES =
      List.of(
          ResourceType.SERVICES,
          InstalledTypes.ofCluster(V1ClusterRole.class, RBAC, "clusterroles"),
          InstalledTypes.ofCluster(V1ClusterRoleBinding.class, RBAC, "clusterrolebindings"),
          InstalledTypes.ofNamespaces(V1RoleBinding.class, RBAC, "rolebindings"),
          API_SERVICES);

  private MetricsManifest() {}

  /**
   * In the order in which they are applied, the API itself last.
   *
   * @param user whose rights they are
   * @param port on the API server's own machine
   * @param authority of its certificate, PEM
   */
  static List<InstalledObject> objects(String user, int port, byte[] authority) {
    return JarManifest.objects(
        JarManifest.text(MetricsManifest.class, FILE)
            .replace("{user}", user)
            .replace("{port}", Integer.toString(port))
            .replace("{authority}", Base64.getEncoder().encodeToString(authority)),
        TYPES);
  }
}
