package io.viking.scheduler;

import io.viking.scheduler.decision.PlacementPolicy;
import io.viking.scheduler.loop.Backoff;
import io.viking.scheduler.loop.CoreConfig;
import java.time.Duration;
import java.util.Set;

/**
 * How the scheduler works.
 *
 * @param policy what matters more where a pod may go to several zones
 * @param schedulerNames pods with one of these as {@code spec.schedulerName} are ours
 * @param bindWidth Binding calls at once. A bind costs an API server about 5 ms of CPU: 32 keep two
 *     cores busy up to a round trip of 80 ms, and leave room for others' calls
 * @param reportWidth condition patches at once; fewer, since nothing waits for them
 * @param bindBackoff after a bind that failed, for each pod
 * @param retryBackoff of pods that no zone takes, beside the changes that wake them at once
 * @param coolDown how long a type is left alone in a zone where the cloud had none of it, by
 *     failures in a row; then one pod tries it
 * @param warningsPerMinute FailedScheduling events at once for each group of equal pods; the
 *     condition is written on every pod
 * @param warningsPerSecond FailedScheduling events of all other pods that go on waiting: an event
 *     costs an API server about 3.5 ms of CPU
 */
public record SchedulerConfig(
    PlacementPolicy policy,
    Set<String> schedulerNames,
    int bindWidth,
    int reportWidth,
    Backoff bindBackoff,
    Backoff retryBackoff,
    Backoff coolDown,
    int warningsPerMinute,
    int warningsPerSecond) {

  public static final SchedulerConfig DEFAULTS =
      new SchedulerConfig(
          PlacementPolicy.SPREAD,
          Set.of("default-scheduler", "viking"),
          32,
          4,
          new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)),
          new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)),
          new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5)),
          10,
          10);

  public SchedulerConfig {
    schedulerNames = Set.copyOf(schedulerNames);
    if (schedulerNames.isEmpty()) {
      throw new IllegalArgumentException("schedulerNames: is empty; name at least one");
    }
    positive("bindWidth", bindWidth);
    positive("reportWidth", reportWidth);
    positive("warningsPerMinute", warningsPerMinute);
    positive("warningsPerSecond", warningsPerSecond);
  }

  public SchedulerConfig withSchedulerNames(Set<String> names) {
    return new SchedulerConfig(
        policy,
        names,
        bindWidth,
        reportWidth,
        bindBackoff,
        retryBackoff,
        coolDown,
        warningsPerMinute,
        warningsPerSecond);
  }

  public SchedulerConfig withPolicy(PlacementPolicy other) {
    return new SchedulerConfig(
        other,
        schedulerNames,
        bindWidth,
        reportWidth,
        bindBackoff,
        retryBackoff,
        coolDown,
        warningsPerMinute,
        warningsPerSecond);
  }

  public SchedulerConfig withBindWidth(int width) {
    return new SchedulerConfig(
        policy,
        schedulerNames,
        width,
        reportWidth,
        bindBackoff,
        retryBackoff,
        coolDown,
        warningsPerMinute,
        warningsPerSecond);
  }

  /** Twice the width is handed to the lane, so that it never runs dry while an answer travels. */
  public CoreConfig core() {
    return new CoreConfig(
        2 * bindWidth,
        2 * reportWidth,
        bindBackoff,
        retryBackoff,
        coolDown,
        warningsPerMinute,
        warningsPerSecond);
  }

  private static void positive(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + ": must be at least 1, is " + value);
    }
  }
}
