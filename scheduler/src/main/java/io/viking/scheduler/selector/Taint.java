package io.viking.scheduler.selector;

/**
 * @param effect NoSchedule, NoExecute or PreferNoSchedule
 */
public record Taint(String key, String value, String effect) {
  /** Keeps pods that do not tolerate it from being placed. */
  public boolean repels() {
    return effect.equals("NoSchedule") || effect.equals("NoExecute");
  }

  /** As kubectl shows it. */
  @Override
  public String toString() {
    return value.isEmpty() ? key + ":" + effect : key + "=" + value + ":" + effect;
  }
}
