package io.viking.cli.rights;

import io.kubernetes.client.openapi.models.V1ClusterRole;
import io.kubernetes.client.openapi.models.V1ClusterRoleBinding;
import io.kubernetes.client.openapi.models.V1PolicyRule;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.viking.cli.install.InstalledObject;
import io.viking.cli.install.InstalledTypes;
import io.viking.cli.install.JarManifest;
import io.viking.controlplane.LoopUsers;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeJson;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/**
 * A Role or ClusterRole as its file says it.
 *
 * @param component whose it is: "scheduler" or "syncer"
 */
public record LoopRole(InstalledObject object, String component, List<V1PolicyRule> rules) {
  /** The files, which the Helm chart installs, too. */
  static final List<String> FILES =
      List.of(
          "scheduler.yaml",
          "scheduler-kube-system.yaml",
          "syncer.yaml",
          "syncer-kube-system.yaml",
          "syncer-kube-node-lease.yaml");

  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final String COMPONENT = "app.kubernetes.io/component";

  private static final ResourceType<V1ClusterRole> CLUSTER_ROLES =
      InstalledTypes.ofCluster(V1ClusterRole.class, RBAC, "clusterroles");
  private static final ResourceType<V1Role> ROLES =
      InstalledTypes.ofNamespaces(V1Role.class, RBAC, "roles");
  private static final ResourceType<V1ClusterRoleBinding> CLUSTER_BINDINGS =
      InstalledTypes.ofCluster(V1ClusterRoleBinding.class, RBAC, "clusterrolebindings");
  private static final ResourceType<V1RoleBinding> BINDINGS =
      InstalledTypes.ofNamespaces(V1RoleBinding.class, RBAC, "rolebindings");

  public LoopRole {
    rules = List.copyOf(rules);
  }

  /** All of them. */
  public static List<LoopRole> all() {
    return FILES.stream().map(file -> read(JarManifest.text(LoopRole.class, file))).toList();
  }

  private static LoopRole read(String yaml) {
    InstalledObject object = JarManifest.objects(yaml, List.of(CLUSTER_ROLES, ROLES)).getFirst();
    // Both kinds look alike here.
    V1Role role =
        KubeJson.read(KubeJson.gson().toJson(new Yaml().<Object>load(yaml)), V1Role.class);
    var labels = Objects.requireNonNull(Objects.requireNonNull(role.getMetadata()).getLabels());
    return new LoopRole(
        object,
        Objects.requireNonNull(labels.get(COMPONENT)),
        Objects.requireNonNull(role.getRules()));
  }

  /** The users of {@code viking up} that have it. */
  List<String> users() {
    return List.of(
        component.equals("scheduler") ? LoopUsers.SCHEDULER : LoopUsers.SYNCER, LoopUsers.TOGETHER);
  }

  /** What gives it to {@link #users}. */
  InstalledObject binding() {
    boolean isOfCluster = object.namespace().isEmpty();
    String subjects =
        users().stream()
            .map("  - {apiGroup: rbac.authorization.k8s.io, kind: User, name: \"%s\"}"::formatted)
            .collect(Collectors.joining("\n"));
    String content =
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: %1$sBinding
        metadata:
          name: "%2$s"
          labels: {app.kubernetes.io/part-of: viking, %3$s: %4$s}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: %1$s, name: "%2$s"}
        subjects:
        %5$s
        """
            .formatted(object.type().kind(), object.name(), COMPONENT, component, subjects);
    return new InstalledObject(
        isOfCluster ? CLUSTER_BINDINGS : BINDINGS, object.namespace(), object.name(), content);
  }
}
