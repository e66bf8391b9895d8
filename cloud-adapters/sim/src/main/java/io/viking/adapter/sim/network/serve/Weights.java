package io.viking.adapter.sim.network.serve;

import java.util.Collection;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Choices by weight. */
final class Weights {
  private Weights() {}

  /**
   * One of those with a weight above 0; empty: there is none.
   *
   * @param turn from 0 to 1; turns that lie evenly give each its share
   */
  static <T> Optional<T> pick(Collection<T> choices, ToIntFunction<T> weight, double turn) {
    long total = choices.stream().mapToLong(weight::applyAsInt).sum();
    long at = (long) Math.floor(turn * total);
    for (T choice : choices) {
      at -= weight.applyAsInt(choice);
      if (at < 0 && weight.applyAsInt(choice) > 0) {
        return Optional.of(choice);
      }
    }
    return Optional.empty();
  }
}
