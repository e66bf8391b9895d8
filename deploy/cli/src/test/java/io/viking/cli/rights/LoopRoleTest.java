package io.viking.cli.rights;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Streams;
import io.kubernetes.client.openapi.models.V1PolicyRule;
import io.viking.controlplane.LoopUsers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class LoopRoleTest {
  private static final Path FILES = Path.of("src/main/resources/io/viking/cli/rights");
  private static final Path PAGE = Path.of("../../docs/installation.md");

  @Test
  void everyFile_isARole_andNoneIsForgotten() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(LoopRole.FILES.stream(), Stream.of("flow.yaml")).toList());
    }
    assertThat(LoopRole.all())
        .extracting(role -> role.object().type().kind() + " " + role.object().namespace())
        .containsExactly(
            "ClusterRole ",
            "Role kube-system",
            "ClusterRole ",
            "Role kube-system",
            "Role kube-node-lease");
  }

  @Test
  void rules_nameWhatTheyAllow_andNothingThatLeadsToMore() {
    for (V1PolicyRule rule : rules()) {
      assertThat(
              Streams.concat(
                  rule.getApiGroups().stream(),
                  rule.getResources().stream(),
                  rule.getVerbs().stream()))
          .noneMatch(word -> word.contains("*"));
      assertThat(rule.getVerbs())
          .doesNotContainAnyElementsOf(
              Set.of("escalate", "bind", "impersonate", "deletecollection"));
    }
  }

  @Test
  void binding_isForTheUsersOfThatPart() {
    LoopRole node = LoopRole.all().getLast();
    assertThat((Object) new Yaml().load(node.binding().content()))
        .isEqualTo(
            new Yaml()
                .load(
                    """
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: RoleBinding
                    metadata:
                      name: viking:syncer
                      labels: {app.kubernetes.io/part-of: viking, app.kubernetes.io/component: syncer}
                    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: "viking:syncer"}
                    subjects:
                      - {apiGroup: rbac.authorization.k8s.io, kind: User, name: "%s"}
                      - {apiGroup: rbac.authorization.k8s.io, kind: User, name: "%s"}
                    """
                        .formatted(LoopUsers.SYNCER, LoopUsers.TOGETHER)));
    assertThat(node.binding().namespace()).isEqualTo("kube-node-lease");
  }

  @Test
  void page_hasEveryRule_withItsReason_andNoOther() throws IOException {
    List<String> documented =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.matches("\\| (scheduler|syncer) \\| (all|`kube-[a-z-]+`) \\|.*"))
            .toList();

    assertThat(documented).containsExactlyElementsOf(rows());
  }

  /** The rules as a table of Markdown; why is the comment before the rule. */
  private static List<String> rows() throws IOException {
    var rows = Stream.<String>builder();
    for (int file = 0; file < LoopRole.FILES.size(); file++) {
      LoopRole role = LoopRole.all().get(file);
      List<String> reasons =
          Files.readAllLines(FILES.resolve(LoopRole.FILES.get(file))).stream()
              .filter(line -> line.startsWith("  # "))
              .map(line -> line.substring(4))
              .toList();
      assertThat(reasons).as("reasons in " + LoopRole.FILES.get(file)).hasSameSizeAs(role.rules());
      String where =
          role.object().namespace().isEmpty() ? "all" : "`" + role.object().namespace() + "`";
      for (int rule = 0; rule < reasons.size(); rule++) {
        rows.add(
            "| %s | %s | %s | %s | %s |"
                .formatted(
                    role.component(),
                    where,
                    what(role.rules().get(rule)),
                    String.join(", ", role.rules().get(rule).getVerbs()),
                    reasons.get(rule)));
      }
    }
    return rows.build().toList();
  }

  private static String what(V1PolicyRule rule) {
    String resources =
        rule.getResources().stream()
            .map(resource -> "`" + resource + "`")
            .collect(Collectors.joining(", "));
    String group = String.join(", ", rule.getApiGroups());
    List<String> names = rule.getResourceNames();
    return resources
        + (group.isEmpty() ? "" : " (" + group + ")")
        + (names == null || names.isEmpty() ? "" : " named `" + String.join("`, `", names) + "`");
  }

  private static List<V1PolicyRule> rules() {
    return LoopRole.all().stream().flatMap(role -> role.rules().stream()).toList();
  }
}
