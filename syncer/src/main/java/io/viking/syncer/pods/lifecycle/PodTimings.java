package io.viking.syncer.pods.lifecycle;

import java.time.Duration;

/**
 * How long the life of a pod waits for what.
 *
 * @param resolveAgain for something that a pod refers to and that is not there
 * @param createUnknown after a create without an answer, or a defect: the same call again
 * @param noStock after no candidate had stock, addresses or a price
 * @param needsHuman after a quota, an account or an image stood in the way
 * @param refused after a final refusal; a change of the pod's annotations ends the pause
 * @param apiServer between repetitions of writes to the API server
 * @param cloud between repetitions of deletes and look-ups in the cloud
 * @param pendingNotable how long an instance may be pending with something to tell before the pod's
 *     status is written
 * @param pendingQuiet the same with nothing to tell
 * @param echo how long after a status write the same is not written again, whatever the cache shows
 * @param cacheLag how long after an accepted status write a cache that does not show it is merely
 *     late
 * @param endedRetention how long an instance that ended by itself is kept, so that its logs can be
 *     read, counted from its end
 * @param stopRecheck how long after the grace the end of an instance is asked for again
 * @param orphanGrace how long an instance may be without a pod that was never seen
 * @param goneGrace the same after its pod was seen and is gone
 * @param specLifetime how old a resolved manifest may be when the call is repeated
 */
public record PodTimings(
    Backoff resolveAgain,
    Backoff createUnknown,
    Backoff noStock,
    Backoff needsHuman,
    Backoff refused,
    Backoff apiServer,
    Backoff cloud,
    Duration pendingNotable,
    Duration pendingQuiet,
    Duration echo,
    Duration cacheLag,
    Duration endedRetention,
    Duration stopRecheck,
    Duration orphanGrace,
    Duration goneGrace,
    Duration specLifetime) {

  public static final PodTimings DEFAULT =
      new PodTimings(
          backoff(1, 30),
          backoff(1, 30),
          backoff(5, 120),
          backoff(15, 300),
          backoff(600, 1800),
          new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)),
          new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30)),
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ofMinutes(10));

  public PodTimings {
    notNegative("pendingNotable", pendingNotable);
    notNegative("pendingQuiet", pendingQuiet);
    notNegative("echo", echo);
    notNegative("cacheLag", cacheLag);
    notNegative("endedRetention", endedRetention);
    notNegative("stopRecheck", stopRecheck);
    notNegative("orphanGrace", orphanGrace);
    notNegative("goneGrace", goneGrace);
    notNegative("specLifetime", specLifetime);
  }

  private static Backoff backoff(int firstSeconds, int longestSeconds) {
    return new Backoff(Duration.ofSeconds(firstSeconds), Duration.ofSeconds(longestSeconds));
  }

  private static void notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, is " + value);
    }
  }
}
