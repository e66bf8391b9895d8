package io.viking.scheduler.loop;

/**
 * What the core goes by.
 *
 * @param bindsInFlight Bind effects without an answer, at most; those that wait stay in the core,
 *     in order of priority
 * @param reportsInFlight Report effects without an answer, at most
 * @param bindBackoff after a bind that failed, for each pod
 * @param groupBackoff of pods that nothing has helped, for each group
 * @param coolDown of what the cloud refused, by failures in a row
 * @param warningsPerMinute FailedScheduling events at once, for each group
 * @param warningsPerSecond FailedScheduling events of those that got none at once, for all groups
 */
public record CoreConfig(
    int bindsInFlight,
    int reportsInFlight,
    Backoff bindBackoff,
    Backoff groupBackoff,
    Backoff coolDown,
    int warningsPerMinute,
    int warningsPerSecond) {
  public CoreConfig {
    positive("bindsInFlight", bindsInFlight);
    positive("reportsInFlight", reportsInFlight);
    positive("warningsPerMinute", warningsPerMinute);
    positive("warningsPerSecond", warningsPerSecond);
  }

  private static void positive(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + ": must be at least 1, is " + value);
    }
  }
}
