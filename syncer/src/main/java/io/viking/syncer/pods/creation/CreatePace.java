package io.viking.syncer.pods.creation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fast a kind of call is made, learnt from the cloud's throttling alone.
 *
 * <p>A throttled call closes the gate for as long as the cloud asks; then the next call carries one
 * item more than the last one had accepted, and each that is taken whole allows twice as many. So a
 * token bucket is emptied at once and then followed at its rate, without knowing it.
 */
public final class CreatePace {
  private final Duration defaultPause;
  private int allowance = Integer.MAX_VALUE;
  private Instant opens = Instant.MIN;

  /**
   * @param defaultPause when the cloud does not say how long to wait
   */
  public CreatePace(Duration defaultPause) {
    this.defaultPause = defaultPause;
  }

  /** How many items the next call may carry; 0 while the gate is closed. */
  public int allowance(Instant now) {
    return now.isBefore(opens) ? 0 : allowance;
  }

  /** When the gate opens, if it is closed. */
  public Optional<Instant> opensAt(Instant now) {
    return now.isBefore(opens) ? Optional.of(opens) : Optional.empty();
  }

  /** A call of which nothing was throttled. */
  public void taken(int items) {
    if (items >= allowance) {
      allowance = (int) Math.min(Integer.MAX_VALUE, 2L * allowance);
    }
  }

  /**
   * A call of which some items were throttled.
   *
   * @param accepted the others
   * @param retryAfter the shortest pause that was asked for
   */
  public void throttled(int accepted, Optional<Duration> retryAfter, Instant now) {
    allowance = accepted + 1;
    Instant reopens = now.plus(retryAfter.orElse(defaultPause));
    opens = reopens.isAfter(opens) ? reopens : opens;
  }
}
