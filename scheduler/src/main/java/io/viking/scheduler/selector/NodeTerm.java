package io.viking.scheduler.selector;

import java.util.List;
import java.util.Map;

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
    if (labels.isEmpty() && fields.isEmpty()) {
      return false;
    }
    Map<String, String> nodeFields = Map.of(NAME_FIELD, nodeName);
    return labels.stream().allMatch(rule -> rule.test(nodeLabels))
        && fields.stream().allMatch(rule -> rule.test(nodeFields));
  }
}
