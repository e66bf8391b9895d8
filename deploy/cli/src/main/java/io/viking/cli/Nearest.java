package io.viking.cli;

import io.viking.kube.annotations.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that somebody meant who mistyped it. */
final class Nearest {
  private Nearest() {}

  /**
   * The name that the fewest insertions, deletions and replacements lead to; empty if even that one
   * differs in more than a third of its letters.
   */
  static Optional<String> to(String typed, Collection<String> names) {
    return names.stream()
        .filter(
            name ->
                EditDistance.between(typed, name) * 3 <= Math.max(name.length(), typed.length()))
        .min(
            Comparator.<String>comparingInt(name -> EditDistance.between(typed, name))
                .thenComparing(name -> name));
  }
}
