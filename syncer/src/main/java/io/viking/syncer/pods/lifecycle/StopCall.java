package io.viking.syncer.pods.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The stopping of an instance, for ever: which grace it is given and whether the cloud has heard.
 *
 * @param killAt when the grace ends
 * @param hurry an explicit grace of nothing: otherwise containers get two seconds at least, as from
 *     the kubelet
 * @param nextCall when to make the call (again); an accepted one is made again if no end is seen
 * @param told the end of grace that the last call gave
 */
record StopCall(
    Instant killAt, boolean hurry, Instant nextCall, Optional<Instant> told, int failures) {
  private static final Duration SHORTEST_GRACE = Duration.ofSeconds(2);

  static StopCall at(Instant killAt, boolean hurry, Instant firstCall) {
    return new StopCall(killAt, hurry, firstCall, Optional.empty(), 0);
  }

  boolean wasSent() {
    return told.isPresent();
  }

  /** The same, or with a shorter grace, which the cloud must hear of at once. */
  StopCall atLatest(Instant earlier, boolean nowHurry, Instant now) {
    boolean isShorter = earlier.isBefore(killAt);
    return isShorter ? new StopCall(earlier, nowHurry, now, told, failures) : this;
  }

  /** The same, without waiting any longer for the first call. */
  StopCall atOnce(Instant now) {
    return wasSent() || !nextCall.isAfter(now)
        ? this
        : new StopCall(killAt, hurry, now, told, failures);
  }

  Duration grace(Instant now) {
    Duration left = Duration.between(now, killAt);
    Duration shortest = hurry ? Duration.ZERO : SHORTEST_GRACE;
    return left.compareTo(shortest) < 0 ? shortest : left;
  }

  StopCall sent() {
    return new StopCall(killAt, hurry, nextCall, Optional.of(killAt), failures);
  }

  /** The cloud has heard; if the grace was shortened meanwhile, of the older one. */
  StopCall accepted(Instant askAgain) {
    boolean heardAll = told.filter(killAt::equals).isPresent();
    return new StopCall(killAt, hurry, heardAll ? askAgain : nextCall, told, 0);
  }

  StopCall failed(Instant again) {
    return new StopCall(killAt, hurry, again, told, failures + 1);
  }
}
