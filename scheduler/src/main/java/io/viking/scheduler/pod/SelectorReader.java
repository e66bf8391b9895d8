package io.viking.scheduler.pod;

import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.viking.scheduler.selector.LabelMatch;
import io.viking.scheduler.selector.LabelRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Label selectors, and what a pod's own labels add to them. */
public final class SelectorReader {
  private SelectorReader() {}

  /** Nothing for one that is absent. */
  public static LabelMatch match(@Nullable V1LabelSelector selector) {
    if (selector == null) {
      return LabelMatch.NOTHING;
    }
    var rules = new ArrayList<LabelRule>();
    Absent.map(selector.getMatchLabels()).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEachOrdered(label -> rules.add(LabelRule.is(label.getKey(), label.getValue())));
    for (var requirement : Absent.list(selector.getMatchExpressions())) {
      rules.add(
          new LabelRule(
              Absent.text(requirement.getKey()),
              NodeWishesReader.operator(requirement.getOperator()),
              Set.copyOf(Absent.list(requirement.getValues()))));
    }
    return LabelMatch.allOf(rules);
  }

  /**
   * With {@code matchLabelKeys} and {@code mismatchLabelKeys}: the pod's own value, or any other;
   * keys that it does not carry ask nothing. The API server writes most of these into the selector
   * itself; twice does no harm.
   */
  static LabelMatch match(
      @Nullable V1LabelSelector selector,
      @Nullable List<String> same,
      @Nullable List<String> different,
      Map<String, String> labels) {
    LabelMatch match = match(selector);
    if (match.nothing()) {
      return match;
    }
    var rules = new ArrayList<>(match.rules());
    add(rules, same, LabelRule.Operator.IN, labels);
    add(rules, different, LabelRule.Operator.NOT_IN, labels);
    return LabelMatch.allOf(rules);
  }

  private static void add(
      List<LabelRule> rules,
      @Nullable List<String> keys,
      LabelRule.Operator operator,
      Map<String, String> labels) {
    for (String key : Absent.list(keys)) {
      String own = labels.get(key);
      if (own != null) {
        var rule = new LabelRule(key, operator, Set.of(own));
        if (!rules.contains(rule)) {
          rules.add(rule);
        }
      }
    }
  }
}
