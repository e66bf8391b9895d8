package io.viking.kube.annotations;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** How many characters must be put in, taken out or replaced to make one text of another. */
public final class EditDistance {
  private EditDistance() {}

  /**
   * Those that differ least from a text, in no more than half of its characters. The nearest first,
   * equally near ones in order.
   */
  public static List<String> nearest(String text, Collection<String> known, int atMost) {
    return known.stream()
        .filter(each -> 2 * between(text, each) <= text.length())
        .sorted(
            Comparator.<String>comparingInt(each -> between(text, each))
                .thenComparing(Comparator.naturalOrder()))
        .limit(atMost)
        .toList();
  }

  /** Levenshtein's. */
  public static int between(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[other.length()];
  }
}
