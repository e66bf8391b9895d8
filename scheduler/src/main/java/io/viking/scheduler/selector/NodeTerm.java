package io.viking.scheduler.selector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One term of a node affinity: all of its rules must hold. A term without any matches no node.
 *
 * @param fields rules on fields of the Node; the API allows {@code metadata.name} alone
 */
public record NodeTerm(List<LabelRule> labels, List<LabelRule> fields) {
  public static final String NAME_FIELD = "metadata.name";

  public NodeTerm {
    labels = List.copyOf(labels);
    fields = List.copyOf(fields);
  }

  public boolean test(String nodeName, Map<String, String> nodeLabels) {
    if (isEmpty()) {
      return false;
    }
    Map<String, String> nodeFields = Map.of(NAME_FIELD, nodeName);
    return labels.stream().allMatch(rule -> rule.test(nodeLabels))
        && fields.stream().allMatch(rule -> rule.test(nodeFields));
  }

  /** Whether it depends on one of these labels. */
  public boolean mentions(Set<String> keys) {
    return labels.stream().anyMatch(rule -> keys.contains(rule.key()));
  }

  /** The values of a label that its rules with In name. */
  public Set<String> named(String key) {
    var values = new HashSet<String>();
    for (LabelRule rule : labels) {
      if (rule.key().equals(key) && rule.operator() == LabelRule.Operator.IN) {
        values.addAll(rule.values());
      }
    }
    return values;
  }

  /** Both terms at once. */
  NodeTerm and(NodeTerm other) {
    var bothLabels = new ArrayList<>(labels);
    bothLabels.addAll(other.labels);
    var bothFields = new ArrayList<>(fields);
    bothFields.addAll(other.fields);
    return new NodeTerm(bothLabels, bothFields);
  }

  boolean isEmpty() {
    return labels.isEmpty() && fields.isEmpty();
  }
}
