package io.viking.kube.loop;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/**
 * Runs a {@link LoopCore}: gathers events, steps the core on one thread, runs the effects wide on
 * virtual threads, and feeds answers and timers back.
 */
public final class LoopShell<E, F> implements AutoCloseable {
  /**
   * @param name lower case, for threads and metrics ("scheduler", "pods")
   */
  public LoopShell(
      String name,
      LoopCore<E, F> core,
      EffectRunner<E, F> runner,
      InstantSource clock,
      MeterRegistry metrics) {}

  /** Begins to step. Events offered before are kept. */
  public void start() {
    throw new UnsupportedOperationException("being written");
  }

  /** Hands over an event; any thread; returns at once. */
  public void offer(E event) {
    throw new UnsupportedOperationException("being written");
  }

  /** Stops stepping, interrupts what runs, and waits for it for a bounded time. */
  @Override
  public void close() {}
}
