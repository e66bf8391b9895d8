package io.viking.scheduler.selector;

/**
 * @param key empty with Exists: every taint
 * @param operator Equal or Exists; empty = Equal
 * @param effect empty: every effect
 */
public record Toleration(String key, String operator, String value, String effect) {
  public boolean covers(Taint taint) {
    if (!effect.isEmpty() && !effect.equals(taint.effect())) {
      return false;
    }
    if (!key.isEmpty() && !key.equals(taint.key())) {
      return false;
    }
    return switch (operator) {
      case "Exists" -> true;
      case "", "Equal" -> !key.isEmpty() && value.equals(taint.value());
      default -> false;
    };
  }
}
