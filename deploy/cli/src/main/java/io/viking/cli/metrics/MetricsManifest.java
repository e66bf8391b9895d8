package io.viking.cli.metrics;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1APIService;
import io.kubernetes.client.openapi.models.V1ClusterRole;
import io.kubernetes.client.openapi.models.V1ClusterRoleBinding;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.viking.cli.install.InstalledObject;
import io.viking.kube.cache.ResourceType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * What a cluster must know before metrics-server can serve it: its rights, and its place in the
 * API. A file of the jar.
 */
final class MetricsManifest {
  /** Which API it is that metrics-server serves. */
  static final String API = "v1beta1.metrics.k8s.io";

  static final ResourceType<V1APIService> API_SERVICES =
      type(V1APIService.class, "apiregistration.k8s.io", "apiservices", false);

  private static final String FILE = "metrics-server.yaml";
  private static final Pattern SEPARATOR = Pattern.compile("(?m)^---$");
  private static final String RBAC = "rbac.authorization.k8s.io";

  private static final List<ResourceType<?>> TYPES =
      List.of(
          ResourceType.SERVICES,
          type(V1ClusterRole.class, RBAC, "clusterroles", false),
          type(V1ClusterRoleBinding.class, RBAC, "clusterrolebindings", false),
          type(V1RoleBinding.class, RBAC, "rolebindings", true),
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
    String text =
        content()
            .replace("{user}", user)
            .replace("{port}", Integer.toString(port))
            .replace("{authority}", Base64.getEncoder().encodeToString(authority));
    return SEPARATOR.splitAsStream(text).map(MetricsManifest::object).toList();
  }

  private static InstalledObject object(String yaml) {
    Map<String, Object> object = new Yaml().load(yaml);
    String kind = String.valueOf(object.get("kind"));
    Map<?, ?> metadata = object.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    Object namespace = metadata.get("namespace");
    return new InstalledObject(
        TYPES.stream().filter(type -> type.kind().equals(kind)).findFirst().orElseThrow(),
        namespace == null ? "" : namespace.toString(),
        String.valueOf(metadata.get("name")),
        yaml);
  }

  private static <T extends KubernetesObject> ResourceType<T> type(
      Class<T> model, String group, String plural, boolean namespaced) {
    String kind = model.getSimpleName().substring("V1".length());
    return new ResourceType<>(model, group, "v1", plural, kind, namespaced);
  }

  private static String content() {
    try (InputStream in = MetricsManifest.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + FILE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
