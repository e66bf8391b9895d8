package io.viking.adapter.kit.faults;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Faults that wait for the calls which they are meant for, and the list of all that have happened.
 * Those that were armed first strike first. Safe for all threads.
 *
 * @param <C> what a call is known by
 * @param <F> what can happen to one
 */
public final class ArmedFaults<C, F> {
  private final InstantSource clock;
  private final List<Armed<C, F>> armed = new ArrayList<>();
  private final List<Struck<C, F>> struck = new ArrayList<>();

  public ArmedFaults(InstantSource clock) {
    this.clock = clock;
  }

  /** A fault that has happened. */
  public record Struck<C, F>(Instant at, C call, F fault) {}

  private static final class Armed<C, F> {
    private final Predicate<? super C> meantFor;
    private final F fault;
    private int times;

    Armed(Predicate<? super C> meantFor, F fault, int times) {
      this.meantFor = meantFor;
      this.fault = fault;
      this.times = times;
    }
  }

  /** The fault happens to each of the next calls of that kind, so many times. */
  public synchronized void arm(Predicate<? super C> meantFor, F fault, int times) {
    if (times < 1) {
      throw new IllegalArgumentException("times must be at least 1, is " + times + ".");
    }
    armed.add(new Armed<>(meantFor, fault, times));
  }

  /** Forgets what has not struck yet. */
  public synchronized void disarm() {
    armed.clear();
  }

  /** What happens to a call, by what is armed; it is taken for done. */
  public synchronized Optional<F> take(C call) {
    Iterator<Armed<C, F>> waiting = armed.iterator();
    while (waiting.hasNext()) {
      Armed<C, F> next = waiting.next();
      if (next.meantFor.test(call)) {
        next.times--;
        if (next.times == 0) {
          waiting.remove();
        }
        record(call, next.fault);
        return Optional.of(next.fault);
      }
    }
    return Optional.empty();
  }

  /** Writes down a fault that was not armed. */
  public synchronized void record(C call, F fault) {
    struck.add(new Struck<>(clock.instant(), call, fault));
  }

  /** How many faults are armed and have not struck yet. */
  public synchronized int waiting() {
    return armed.stream().mapToInt(next -> next.times).sum();
  }

  /** All that have happened, in order. */
  public synchronized List<Struck<C, F>> struck() {
    return List.copyOf(struck);
  }
}
