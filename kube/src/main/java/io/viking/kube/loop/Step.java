package io.viking.kube.loop;

import java.time.Instant;
import java.util.List;

/**
 * What a core decided in one step.
 *
 * @param effects to be started in this order; those of one {@link Lane} start in order, others
 *     overlap
 * @param timers events to be given back later; a timer is never cancelled, so its event must be
 *     checked against the state when it comes
 */
public record Step<E, F>(List<F> effects, List<Timer<E>> timers) {
  public Step {
    effects = List.copyOf(effects);
    timers = List.copyOf(timers);
  }

  /** Nothing to do. */
  public static <E, F> Step<E, F> idle() {
    return new Step<>(List.of(), List.of());
  }

  /** An event to give back at a time, or as soon as possible after it. */
  public record Timer<E>(Instant at, E event) {}
}
