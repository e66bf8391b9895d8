package io.viking.kube.pause;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one process has seen of the pause, by its own clock: a hold is over when it is gone, or when
 * it has not been seen renewed for as long as it lasts.
 *
 * @param lease as last seen
 * @param since when its latest renewal was first seen
 */
record PauseSight(Optional<PauseLease> lease, Instant since) {
  static final PauseSight NOTHING = new PauseSight(Optional.empty(), Instant.MIN);

  /** Takes the Lease as it is now; empty: there is none. */
  PauseSight seen(Optional<PauseLease> next, Instant now) {
    boolean renewed = !next.map(PauseSight::renewal).equals(lease.map(PauseSight::renewal));
    return new PauseSight(next, renewed ? now : since);
  }

  /** Who holds the loops still at this moment. */
  Optional<PauseLease> heldAt(Instant now) {
    return lease.filter(held -> now.isBefore(since.plus(held.lasts())));
  }

  /** How long nothing needs to be looked at again, unless the Lease changes. */
  Duration quietFor(Instant now, Duration atMost) {
    return heldAt(now)
        .map(held -> Duration.between(now, since.plus(held.lasts())))
        .filter(left -> left.compareTo(atMost) < 0)
        .orElse(atMost);
  }

  private static String renewal(PauseLease lease) {
    return lease.uid() + " " + lease.renewal();
  }
}
