package io.viking.syncer.pods.files;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a pod's tokens are renewed: at 70 to 80 % of their life, after 21 to 24 hours at the latest.
 * Where in that span is the pod's own, so that pods that came together do not renew together.
 */
final class TokenRenewal {
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int STEPS = 1024;

  private TokenRenewal() {}

  /** For tokens that were granted now. */
  static Instant after(Instant now, Duration life, String uid) {
    Duration latest = latest(life);
    return now.plus(latest.minus(latest.multipliedBy(step(uid)).dividedBy(8L * STEPS)));
  }

  /**
   * For tokens that another process asked for, at an unknown time after the instance was created.
   * They were not renewed later than they should be, so a fifth of their life is left: the renewals
   * of all pods are spread over half of that. A younger instance has its first tokens.
   */
  static Instant afterRestart(Instant now, Optional<Instant> createdAt, Duration life, String uid) {
    Instant spread = now.plus(latest(life).multipliedBy(step(uid)).dividedBy(8L * STEPS));
    return createdAt
        .map(created -> after(created, life, uid))
        .filter(spread::isBefore)
        .orElse(spread);
  }

  private static Duration latest(Duration life) {
    Duration most = life.multipliedBy(4).dividedBy(5);
    return most.compareTo(LONGEST) < 0 ? most : LONGEST;
  }

  private static long step(String uid) {
    return Math.floorMod(uid.hashCode() * 0x9E3779B9L >>> 7, (long) STEPS);
  }
}
