package io.viking.scheduler.zone;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * What the cloud said it has none of, whatever its catalog shows: a circuit breaker for each {@link
 * Key}.
 *
 * <p>A failure closes it, for a time that doubles with each failure in a row. Then it is tried: one
 * pod is let in as a probe. If the probe gets its instance the key is forgotten, if it fails the
 * key is closed for twice as long, and if it goes away the next pod is the probe. So it is for one
 * that has not answered within the longest pause; and what nobody has tried for so long is
 * forgotten. A catalog that shows more of it ends the pause at once.
 *
 * <p>Failures while it is closed say nothing new: they are those of pods that were on their way.
 * Confined to one thread.
 */
public final class CoolDowns {
  /** What there was none of. */
  public enum Cause {
    STOCK,
    ADDRESSES,
    /** Anything on the spot market for what the pod pays. */
    BID
  }

  /**
   * What cools down.
   *
   * @param type empty for addresses: all types share them
   */
  public record Key(String zone, String type, Cause cause) {
    static Key stock(String zone, String type) {
      return new Key(zone, type, Cause.STOCK);
    }

    static Key addresses(String zone) {
      return new Key(zone, "", Cause.ADDRESSES);
    }

    static Key bid(String zone, String type) {
      return new Key(zone, type, Cause.BID);
    }

    private Cure cure() {
      return switch (cause) {
        case STOCK -> new Cure.Stock(zone, type);
        case ADDRESSES -> new Cure.Addresses(zone);
        case BID -> new Cure.SpotPrice(zone, type);
      };
    }
  }

  /**
   * To be given back to {@link #ring} at its time.
   *
   * @param round of its key; an older one is out of date
   */
  public record Alarm(Instant at, Key key, long round) {}

  private static final class Entry {
    int failures;
    boolean trying;
    Optional<String> probe = Optional.empty();
    long round;

    /** Of causes that are bids: the highest that was too low. */
    long bid;
  }

  private final IntFunction<Duration> pauses;
  private final Duration longest;
  private final Map<Key, Entry> entries = new HashMap<>();
  private final List<Alarm> alarms = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private long rounds;

  /**
   * @param pauses after so many failures in a row, one at least
   * @param longest where they end
   */
  public CoolDowns(IntFunction<Duration> pauses, Duration longest) {
    this.pauses = pauses;
    this.longest = longest;
  }

  /** All that follows happens then. */
  public void at(Instant time) {
    now = time;
  }

  /** Alarms set since the last call. */
  public List<Alarm> drainAlarms() {
    var drained = List.copyOf(alarms);
    alarms.clear();
    return drained;
  }

  /** Whether something of that zone may be had again, which one pod is to find out. */
  public boolean isTried(String zone) {
    for (var entry : entries.entrySet()) {
      if (entry.getValue().trying && entry.getKey().zone().equals(zone)) {
        return true;
      }
    }
    return false;
  }

  public void noStock(String zone, String type) {
    failed(Key.stock(zone, type));
  }

  public void noAddress(String zone) {
    failed(Key.addresses(zone));
  }

  /**
   * @param limit billionths of the currency's unit per second, for which there was nothing
   */
  public void bidTooLow(String zone, String type, long limit) {
    Entry entry = failed(Key.bid(zone, type));
    entry.bid = Math.max(entry.bid, limit);
  }

  /** A pod was placed there: it is the probe of what is tried. */
  public void claimed(String uid, String zone, String type) {
    if (entries.isEmpty()) {
      return;
    }
    for (Key key : keys(zone, type)) {
      Entry entry = entries.get(key);
      if (entry != null && entry.trying && entry.probe.isEmpty()) {
        entry.probe = Optional.of(uid);
        alarm(key, entry, longest);
      }
    }
  }

  /**
   * A pod's instance was made there. Gives what is no longer in doubt.
   *
   * @param refused the cloud had refused it before, so that this is news whoever the probe is
   */
  public Set<Cure> created(String uid, String zone, String type, boolean refused) {
    var cures = new HashSet<Cure>();
    if (!entries.isEmpty()) {
      for (Key key : keys(zone, type)) {
        Entry entry = entries.get(key);
        if (entry != null && (refused || entry.probe.equals(Optional.of(uid)))) {
          entries.remove(key);
          cures.add(key.cure());
        }
      }
    }
    return cures;
  }

  /** A pod will not tell any more than it has. Gives what the next may try. */
  public Set<Cure> gone(String uid) {
    var cures = new HashSet<Cure>();
    entries.forEach(
        (key, entry) -> {
          if (entry.probe.equals(Optional.of(uid))) {
            retry(key, entry);
            cures.add(key.cure());
          }
        });
    return cures;
  }

  /** An alarm's time has come. Gives what may be tried now, or is forgotten. */
  public Set<Cure> ring(Alarm alarm) {
    Entry entry = entries.get(alarm.key());
    if (entry == null || entry.round != alarm.round()) {
      return Set.of();
    }
    if (entry.trying && entry.probe.isEmpty()) {
      entries.remove(alarm.key());
    } else {
      retry(alarm.key(), entry);
    }
    return Set.of(alarm.key().cure());
  }

  /** The catalog shows more of it. */
  void better(Key key) {
    Entry entry = entries.get(key);
    if (entry != null && !entry.trying) {
      retry(key, entry);
    }
  }

  /** How many pods may be placed there as far as this goes: all, the one probe, or none. */
  long allowed(Key key) {
    Entry entry = entries.get(key);
    return entry == null ? Shelf.UNBOUNDED : entry.trying && entry.probe.isEmpty() ? 1 : 0;
  }

  /** The same of a pod that pays so much; a higher bid than those that failed is free to try. */
  long allowed(Key key, long limit) {
    Entry entry = entries.get(key);
    return entry == null || limit > entry.bid ? Shelf.UNBOUNDED : allowed(key);
  }

  private Entry failed(Key key) {
    Entry entry = entries.computeIfAbsent(key, _ -> new Entry());
    if (entry.failures == 0 || entry.trying) {
      entry.failures++;
      entry.trying = false;
      entry.probe = Optional.empty();
      alarm(key, entry, pauses.apply(entry.failures));
    }
    return entry;
  }

  private void retry(Key key, Entry entry) {
    entry.trying = true;
    entry.probe = Optional.empty();
    alarm(key, entry, longest);
  }

  private void alarm(Key key, Entry entry, Duration in) {
    entry.round = ++rounds;
    alarms.add(new Alarm(now.plus(in), key, entry.round));
  }

  private static List<Key> keys(String zone, String type) {
    return List.of(Key.stock(zone, type), Key.addresses(zone), Key.bid(zone, type));
  }
}
