package io.viking.kube.loop;

import java.time.Instant;
import java.util.List;

/**
 * The deciding half of a loop: a state machine without threads, clocks, I/O or randomness of its
 * own.
 *
 * <p>Events are what a watch, a call's answer or a timer brings; effects are calls to make. The
 * same core runs in production under a {@link LoopShell}, in unit tests as tables (these events,
 * those effects), and in a deterministic simulation.
 *
 * <p>A core is level-triggered: events may come late, twice or in another order than their causes,
 * except that events about one object from one source are in order. It is confined to one thread at
 * a time; it never blocks and never throws for what an event says.
 *
 * @param <E> events, a sealed type
 * @param <F> effects, a sealed type
 */
public interface LoopCore<E, F> {
  /**
   * Takes all events that have arrived since the last step, oldest first, and says what to do.
   * Handing over several at once is what makes batches: calls for one adapter request are gathered
   * here and never wait for a timer.
   *
   * @param now the time to reason with; never goes back between steps
   */
  Step<E, F> step(List<E> events, Instant now);
}
