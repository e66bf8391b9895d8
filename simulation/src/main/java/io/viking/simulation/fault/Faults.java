package io.viking.simulation.fault;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Decides what goes wrong, from a seed, and counts it. */
public final class Faults {
  private static final FaultKind[] OF_CALLS = {
    FaultKind.REQUEST_LOST,
    FaultKind.ANSWER_LOST,
    FaultKind.REQUEST_LATE,
    FaultKind.ANSWER_SLOW,
    FaultKind.DOUBLED,
    FaultKind.BUSY,
    FaultKind.BROKEN
  };

  private final SplittableRandom random;
  private final long[] counts = new long[FaultKind.values().length];
  private int percentOfCalls;
  private int percentOfEvents;

  public Faults(SplittableRandom random) {
    this.random = random;
  }

  /** From now on so many of a hundred calls and of a hundred watch events meet a fault. */
  public void set(int ofCalls, int ofEvents) {
    percentOfCalls = ofCalls;
    percentOfEvents = ofEvents;
  }

  public void count(FaultKind kind) {
    counts[kind.ordinal()]++;
  }

  /** What the next call meets; empty: nothing. */
  public Optional<FaultKind> ofCall() {
    if (random.nextInt(100) >= percentOfCalls) {
      return Optional.empty();
    }
    FaultKind kind = OF_CALLS[random.nextInt(OF_CALLS.length)];
    count(kind);
    return Optional.of(kind);
  }

  /** Until the next event of a watch arrives. */
  public long watchMillis() {
    if (random.nextInt(100) >= percentOfEvents) {
      return 1 + random.nextInt(20);
    }
    count(FaultKind.WATCH_LATE);
    return random.nextInt(5000);
  }

  /** Whether a list fails. */
  public boolean failsList() {
    boolean fails = random.nextInt(100) < percentOfCalls;
    if (fails) {
      count(FaultKind.LIST_FAILED);
    }
    return fails;
  }

  /** From 0 up to, and without, that many milliseconds. */
  public long upTo(int millis) {
    return random.nextInt(millis);
  }

  /** One of that many. */
  public int oneOf(int choices) {
    return random.nextInt(choices);
  }

  public boolean isTrue() {
    return random.nextBoolean();
  }

  /** How often each kind has happened; in the order of the kinds. */
  public Map<FaultKind, Long> counts() {
    var all = new EnumMap<FaultKind, Long>(FaultKind.class);
    for (FaultKind kind : FaultKind.values()) {
      all.put(kind, counts[kind.ordinal()]);
    }
    return all;
  }
}
