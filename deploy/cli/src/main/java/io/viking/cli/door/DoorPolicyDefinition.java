package io.viking.cli.door;

import com.google.gson.Gson;
import io.viking.cli.install.InstalledObject;
import io.viking.cli.install.InstalledTypes;
import io.viking.kube.cache.ResourceType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The CustomResourceDefinition of {@link DoorPolicy}: one field for each rule. Pure. */
final class DoorPolicyDefinition {
  /** Shown by a plain {@code kubectl get}; the others with {@code -o wide}. */
  private static final Set<DoorRule> SHOWN =
      Set.of(
          DoorRule.PRIVILEGED,
          DoorRule.HOST_NAMESPACES,
          DoorRule.HOST_PATH,
          DoorRule.DAEMON_SETS,
          DoorRule.ANNOTATIONS);

  private DoorPolicyDefinition() {}

  static InstalledObject object() {
    ResourceType<DoorPolicy> type = DoorPolicy.TYPE;
    String name = type.plural() + "." + type.group();
    // Maps, since models leave out what is empty, and "default: {}" is needed.
    Map<String, Object> definition =
        Map.of(
            "apiVersion",
            "apiextensions.k8s.io/v1",
            "kind",
            "CustomResourceDefinition",
            "metadata",
            Map.of("name", name, "labels", DoorManifest.LABELS),
            "spec",
            Map.of(
                "group",
                type.group(),
                "scope",
                "Cluster",
                "names",
                Map.of(
                    "plural",
                    type.plural(),
                    "singular",
                    "doorpolicy",
                    "kind",
                    type.kind(),
                    "listKind",
                    "DoorPolicyList"),
                "versions",
                List.of(
                    Map.of(
                        "name",
                        type.version(),
                        "served",
                        true,
                        "storage",
                        true,
                        "schema",
                        Map.of("openAPIV3Schema", schema()),
                        "additionalPrinterColumns",
                        columns()))));
    return new InstalledObject(InstalledTypes.DEFINITIONS, name, new Gson().toJson(definition));
  }

  private static Map<String, Object> schema() {
    Map<String, Object> rules = new LinkedHashMap<>();
    for (DoorRule rule : DoorRule.values()) {
      rules.put(
          rule.key(),
          Map.of(
              "type",
              "string",
              "enum",
              Arrays.stream(Action.values()).map(Action::key).toList(),
              "default",
              Action.REFUSE.key(),
              "description",
              rule.meaning()));
    }
    return Map.of(
        "type",
        "object",
        "description",
        "Whether what the pool cannot honour is refused at the door or warned of, rule by rule.",
        "x-kubernetes-validations",
        List.of(
            Map.of(
                "rule",
                "self.metadata.name == 'default'",
                "message",
                "the door reads one DoorPolicy: name it default")),
        "properties",
        Map.of(
            "spec",
            object(Map.of("rules", object(rules, "What each rule does.")), "What the door does.")));
  }

  private static Map<String, Object> object(Map<String, Object> properties, String description) {
    return Map.of(
        "type",
        "object",
        "default",
        Map.of(),
        "description",
        description,
        "properties",
        properties);
  }

  private static List<Map<String, Object>> columns() {
    List<Map<String, Object>> columns = new ArrayList<>();
    for (DoorRule rule : DoorRule.values()) {
      Map<String, Object> column = new LinkedHashMap<>();
      column.put("name", rule.key());
      column.put("type", "string");
      column.put("jsonPath", ".spec.rules." + rule.key());
      if (!SHOWN.contains(rule)) {
        column.put("priority", 1);
      }
      columns.add(column);
    }
    columns.add(Map.of("name", "Age", "type", "date", "jsonPath", ".metadata.creationTimestamp"));
    return columns;
  }
}
