package io.viking.kube.election;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides when one candidate looks at the Lease, takes it, renews it and has lost it. Pure: time
 * comes in as nanoseconds of a monotonic clock, and answers of calls as what they said.
 *
 * <h2>Why there are never two</h2>
 *
 * A holder counts the life of its lease from <em>before</em> it sent the renewal that was last
 * acknowledged. Everybody else counts it from <em>after</em> they first saw a change, which is
 * later. So, clocks of equal pace granted, the holder has given up before another takes it; and
 * with half of its life left (see {@link Tenure}) also when one clock runs at twice the pace of
 * another. No clock is ever compared with another one's. Who takes a lease names the version that
 * it saw, so of several one succeeds.
 *
 * <p>An answer that does not come leaves the holder's count where it was and the others' wherever
 * the server's state is: both err on the safe side. A Lease that somebody deletes counts as held
 * for the rest of its life by those who knew it.
 *
 * <p>Confined to one thread at a time.
 */
final class ElectionCore {
  private final ElectionConfig config;
  private final RandomGenerator random;
  private final long life;

  /** As last seen or written; empty: there is none, or nobody has looked. */
  private Optional<LeaseRecord> seen = Optional.empty();

  private boolean looked;

  /** When it was first seen as it is. */
  private long changedAt;

  /** Until when whoever holds it may think so, as far as we can know. */
  private long heldUntil;

  private boolean leading;
  private long renewedAt;
  private boolean standing = true;
  private long restraint;
  private boolean mustLook = true;
  private long nextAt;

  ElectionCore(ElectionConfig config, RandomGenerator random, long now) {
    this.config = config;
    this.random = random;
    this.life = config.life().toNanos();
    this.nextAt = now;
    this.heldUntil = now;
  }

  /** What to do now. To be asked again when that is done. */
  ElectionAct next(long now) {
    if (leading && now - expiry() >= 0) {
      leading = false;
      mustLook = true;
    }
    if (now - nextAt < 0) {
      return new ElectionAct.Wait(nextAt);
    }
    if (mustLook) {
      return new ElectionAct.Look();
    }
    if (leading || mayTake(now)) {
      return seen.<ElectionAct>map(ElectionAct.Hold::new).orElseGet(ElectionAct.Create::new);
    }
    return new ElectionAct.Look();
  }

  /** The Lease was read. */
  void looked(Optional<LeaseRecord> lease, long now) {
    boolean unchanged =
        looked && (lease.isEmpty() || seen.filter(lease.get()::isUnchanged).isPresent());
    if (!unchanged) {
      changedAt = now;
      heldUntil = now + lease.map(LeaseRecord::lasts).orElse(Duration.ZERO).toNanos();
    }
    looked = true;
    mustLook = false;
    seen = lease;
    if (leading && lease.filter(this::isAnothers).isPresent()) {
      leading = false;
    }
    if (leading || mayTake(now)) {
      nextAt = now;
      return;
    }
    nextAt = now + jittered(config.lookEvery());
    if (standing && freeAt() - nextAt < 0) {
      nextAt = freeAt();
    }
  }

  /**
   * The Lease was made or written, and is ours.
   *
   * @param begun when the call was sent
   */
  void held(LeaseRecord lease, long begun, long now) {
    looked = true;
    mustLook = false;
    seen = Optional.of(lease);
    heldUntil = now + life;
    leading = true;
    renewedAt = begun;
    nextAt = begun + config.renewEvery().toNanos();
  }

  /**
   * A call did not succeed: there was no answer, and it may have had an effect, or the Lease is
   * another than it was made from. Either way, what the Lease says must be seen.
   */
  void failed(long now) {
    mustLook = true;
    nextAt = now + jittered(leading ? config.pause() : config.lookEvery());
  }

  /** Whether to take the Lease when it is free. One who does not goes on looking, or renewing. */
  void stand(boolean stands) {
    standing = stands;
  }

  /**
   * How long to leave a Lease that is free to others, in nanoseconds; 0 unless it is said. One that
   * is ours already is taken at once.
   */
  void restrain(long nanos) {
    restraint = nanos;
  }

  /** Gives up what is held, and leaves it to the others for as long as it lives. */
  void resign(long now) {
    leading = false;
    mustLook = true;
    nextAt = now + jittered(config.life());
  }

  /** The Lease was written as nobody's. */
  void released(LeaseRecord lease, long now) {
    seen = Optional.of(lease);
    changedAt = now;
  }

  /** Whether the Lease is ours at this moment. */
  boolean leads(long now) {
    return leading && now - expiry() < 0;
  }

  /** When the renewal was sent that was last acknowledged. Only while it leads. */
  long renewedAt() {
    return renewedAt;
  }

  Optional<LeaseRecord> seen() {
    return seen;
  }

  private boolean mayTake(long now) {
    if (!standing || !looked) {
      return false;
    }
    return seen.filter(this::isOurs).isPresent() || now - freeAt() >= 0;
  }

  private long freeAt() {
    boolean isReleased = seen.filter(LeaseRecord::isReleased).isPresent();
    return (isReleased ? changedAt : heldUntil) + restraint;
  }

  private boolean isOurs(LeaseRecord lease) {
    return lease.holder().equals(config.identity());
  }

  private boolean isAnothers(LeaseRecord lease) {
    return !lease.isReleased() && !isOurs(lease);
  }

  private long expiry() {
    return renewedAt + life;
  }

  /** From three quarters to five quarters of it. */
  private long jittered(Duration time) {
    return time.toNanos() * 3 / 4 + random.nextLong(time.toNanos() / 2 + 1);
  }
}
