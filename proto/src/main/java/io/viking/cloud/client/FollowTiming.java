package io.viking.cloud.client;

import java.time.Duration;

/**
 * How a follower follows.
 *
 * @param callDeadline of one page of a list
 * @param firstAnswer within which a watch must have given its first answer, or it counts as broken
 * @param renewal after which a standing watch is opened anew: a connection that died without a word
 *     is then found out
 * @param shortestPause after a failure; doubles with each that follows
 * @param longestPause where the doubling ends
 * @param healthyAfter a watch that stood this long forgets the failures before it
 */
record FollowTiming(
    Duration callDeadline,
    Duration firstAnswer,
    Duration renewal,
    Duration shortestPause,
    Duration longestPause,
    Duration healthyAfter) {
  static final FollowTiming DEFAULT =
      new FollowTiming(
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMillis(100),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10));
}
