package io.viking.cli.door;

import io.kubernetes.client.openapi.models.V1NamedRuleWithOperations;
import io.kubernetes.client.openapi.models.V1Variable;
import java.util.List;

/**
 * One place where objects are looked at: the resources, and what may be wrong with them.
 *
 * @param name of its policy
 * @param suspect a condition on {@code object}: false for objects that are certainly fine. It is
 *     all that most objects cost
 * @param variables that the findings use
 * @param findings in the order in which they are told
 */
record Gate(
    String name,
    List<V1NamedRuleWithOperations> resources,
    String suspect,
    List<V1Variable> variables,
    List<Finding> findings) {
  Gate {
    resources = List.copyOf(resources);
    variables = List.copyOf(variables);
    findings = List.copyOf(findings);
  }

  static V1Variable variable(String name, String expression) {
    return new V1Variable().name(name).expression(expression);
  }

  static V1NamedRuleWithOperations resources(
      String group, List<String> operations, String... plurals) {
    return new V1NamedRuleWithOperations()
        .apiGroups(List.of(group))
        .apiVersions(List.of("v1"))
        .operations(operations)
        .resources(List.of(plurals));
  }
}
