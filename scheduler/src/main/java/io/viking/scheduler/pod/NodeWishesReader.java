package io.viking.scheduler.pod;

import io.kubernetes.client.openapi.models.V1NodeAffinity;
import io.kubernetes.client.openapi.models.V1NodeSelectorRequirement;
import io.kubernetes.client.openapi.models.V1NodeSelectorTerm;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.selector.NodeTerm;
import io.viking.scheduler.selector.NodeWishes;
import io.viking.scheduler.selector.Toleration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Node selector, node affinity and tolerations. */
final class NodeWishesReader {
  private NodeWishesReader() {}

  static NodeWishes read(V1PodSpec spec) {
    var affinity = spec.getAffinity();
    @Nullable V1NodeAffinity nodes = affinity == null ? null : affinity.getNodeAffinity();
    return new NodeWishes(
        Absent.map(spec.getNodeSelector()),
        nodes == null
            ? Optional.empty()
            : Optional.ofNullable(nodes.getRequiredDuringSchedulingIgnoredDuringExecution())
                .map(
                    required ->
                        Absent.list(required.getNodeSelectorTerms()).stream()
                            .map(NodeWishesReader::term)
                            .toList()),
        nodes == null
            ? List.of()
            : Absent.list(nodes.getPreferredDuringSchedulingIgnoredDuringExecution()).stream()
                .map(wish -> new NodeWishes.Preferred(wish.getWeight(), term(wish.getPreference())))
                .toList());
  }

  static List<Toleration> tolerations(V1PodSpec spec) {
    return Absent.list(spec.getTolerations()).stream()
        .map(
            toleration ->
                new Toleration(
                    Absent.text(toleration.getKey()),
                    Absent.text(toleration.getOperator()),
                    Absent.text(toleration.getValue()),
                    Absent.text(toleration.getEffect())))
        .toList();
  }

  static LabelRule.Operator operator(@Nullable String name) {
    // The API server takes no other; should it ever, a rule that fails is safe.
    return switch (Absent.text(name)) {
      case "In" -> LabelRule.Operator.IN;
      case "NotIn" -> LabelRule.Operator.NOT_IN;
      case "Exists" -> LabelRule.Operator.EXISTS;
      case "DoesNotExist" -> LabelRule.Operator.DOES_NOT_EXIST;
      case "Gt" -> LabelRule.Operator.GT;
      case "Lt" -> LabelRule.Operator.LT;
      default -> LabelRule.Operator.IN;
    };
  }

  private static NodeTerm term(V1NodeSelectorTerm term) {
    return new NodeTerm(rules(term.getMatchExpressions()), rules(term.getMatchFields()));
  }

  private static List<LabelRule> rules(@Nullable List<V1NodeSelectorRequirement> requirements) {
    return Absent.list(requirements).stream()
        .map(
            requirement ->
                new LabelRule(
                    Absent.text(requirement.getKey()),
                    operator(requirement.getOperator()),
                    Set.copyOf(Absent.list(requirement.getValues()))))
        .toList();
  }
}
