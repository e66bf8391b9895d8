package io.viking.cli;

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
        .filter(name -> distance(typed, name) * 3 <= Math.max(name.length(), typed.length()))
        .min(
            Comparator.<String>comparingInt(name -> distance(typed, name))
                .thenComparing(name -> name));
  }

  /** Levenshtein's. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
