package io.viking.simulation.process;

import java.util.List;

/**
 * A defect that is planted between a core and the world, to see whether the simulation finds it.
 */
public interface Tampering<E, F> {
  /** What the core hears in the place of an event. */
  default List<E> hears(E event) {
    return List.of(event);
  }

  /** What is done in the place of an effect. */
  default List<F> does(F effect) {
    return List.of(effect);
  }

  /** Whether a timer is set. */
  default boolean keeps(E timer) {
    return true;
  }

  /** None. */
  static <E, F> Tampering<E, F> none() {
    return new Tampering<>() {};
  }
}
