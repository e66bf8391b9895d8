package io.viking.system.rights;

import io.kubernetes.client.openapi.models.V1PolicyRule;
import io.viking.cli.rights.LoopRole;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that a role allows.
 *
 * @param component whose: "scheduler", "syncer"
 * @param namespace empty: in all, and what is in none
 * @param resource with its subresource: "pods/status"
 * @param name of the only object; empty: of all
 */
record Grant(
    String component, String namespace, String group, String resource, String name, String verb) {

  /** All that the roles allow, each once. */
  static List<Grant> all() {
    return LoopRole.all().stream().flatMap(role -> of(role).stream()).distinct().toList();
  }

  private static List<Grant> of(LoopRole role) {
    List<Grant> grants = new ArrayList<>();
    for (V1PolicyRule rule : role.rules()) {
      for (String group : rule.getApiGroups()) {
        for (String resource : rule.getResources()) {
          for (String name : names(rule)) {
            for (String verb : rule.getVerbs()) {
              grants.add(
                  new Grant(
                      role.component(), role.object().namespace(), group, resource, name, verb));
            }
          }
        }
      }
    }
    return grants;
  }

  private static List<String> names(V1PolicyRule rule) {
    List<String> names = rule.getResourceNames();
    return names == null || names.isEmpty() ? List.of("") : names;
  }

  /** Whether a call needed it. */
  boolean allows(AuditedCall call) {
    return call.component().equals(component)
        && call.verb().equals(verb)
        && call.group().equals(group)
        && call.resource().equals(resource)
        && (namespace.isEmpty() || namespace.equals(call.namespace()))
        && (name.isEmpty() || name.equals(call.name()));
  }

  /** As the exceptions name it: "syncer nodes delete", "scheduler kube-system/leases create". */
  String words() {
    String where = namespace.isEmpty() ? "" : namespace + "/";
    String what = group.isEmpty() ? resource : resource + "." + group;
    return component + " " + where + what + (name.isEmpty() ? "" : "[" + name + "]") + " " + verb;
  }
}
