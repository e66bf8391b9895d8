package io.viking.scheduler.selector;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One requirement on one label, with the semantics of upstream's {@code labels.Requirement}: {@code
 * NotIn} holds for a label that is absent, {@code Gt} and {@code Lt} compare whole numbers and fail
 * for anything else.
 */
public record LabelRule(String key, Operator operator, Set<String> values) {
  /** What a rule asks of a label. */
  public enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST,
    GT,
    LT
  }

  public LabelRule {
    values = Set.copyOf(values);
  }

  public static LabelRule is(String key, String value) {
    return new LabelRule(key, Operator.IN, Set.of(value));
  }

  public boolean test(Map<String, String> labels) {
    @Nullable String value = labels.get(key);
    return switch (operator) {
      case IN -> value != null && values.contains(value);
      case NOT_IN -> value == null || !values.contains(value);
      case EXISTS -> value != null;
      case DOES_NOT_EXIST -> value == null;
      case GT -> value != null && compare(value) > 0;
      case LT -> value != null && compare(value) < 0;
    };
  }

  /** "zone In [h, i]". */
  @Override
  public String toString() {
    String name =
        switch (operator) {
          case IN -> "In";
          case NOT_IN -> "NotIn";
          case EXISTS -> "Exists";
          case DOES_NOT_EXIST -> "DoesNotExist";
          case GT -> "Gt";
          case LT -> "Lt";
        };
    return values.isEmpty() ? key + " " + name : key + " " + name + " " + new TreeSet<>(values);
  }

  /** The label's value against the rule's only one; 0, which no operator takes, if unlike. */
  private int compare(String value) {
    if (values.size() != 1) {
      return 0;
    }
    try {
      return Long.compare(Long.parseLong(value), Long.parseLong(values.iterator().next()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
