package io.viking.scheduler.selector;

import java.util.List;
import java.util.Map;

/**
 * A label selector: all rules must hold. Without rules it matches everything; a selector that is
 * absent from the API object is {@link #NOTHING}.
 */
public record LabelMatch(boolean nothing, List<LabelRule> rules) {
  public static final LabelMatch NOTHING = new LabelMatch(true, List.of());
  public static final LabelMatch EVERYTHING = new LabelMatch(false, List.of());

  public LabelMatch {
    rules = List.copyOf(rules);
  }

  public static LabelMatch allOf(List<LabelRule> rules) {
    return new LabelMatch(false, rules);
  }

  /** Whether it takes all labels there are. */
  public boolean everything() {
    return !nothing && rules.isEmpty();
  }

  public boolean test(Map<String, String> labels) {
    if (nothing) {
      return false;
    }
    for (LabelRule rule : rules) {
      if (!rule.test(labels)) {
        return false;
      }
    }
    return true;
  }
}
