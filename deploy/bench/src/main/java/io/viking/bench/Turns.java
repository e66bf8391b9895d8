package io.viking.bench;

import io.viking.bench.storm.StormResult;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Storms of one subject that were measured in turn with those of another. */
final class Turns {
  private static final int NAMES = 10;

  private Turns() {}

  /** The one that was fastest up; one in which pods were lost is the worst, however fast. */
  static StormResult best(List<StormResult> storms) {
    return storms.stream()
        .max(
            Comparator.<StormResult>comparingInt(storm -> -storm.lost().size())
                .thenComparingDouble(storm -> storm.up().podsPerSecond()))
        .orElseThrow();
  }

  /** Pods that were lost in turns that do not count otherwise: one sentence each. */
  static List<String> losses(List<StormResult> storms) {
    StormResult best = best(storms);
    return storms.stream()
        .filter(storm -> !storm.equals(best) && !storm.lost().isEmpty())
        .map(
            storm ->
                "another storm of %s lost %d pods: %s."
                    .formatted(
                        storm.spec().subject(),
                        storm.lost().size(),
                        String.join(", ", storm.lost().stream().sorted().limit(NAMES).toList())))
        .toList();
  }

  /** What each turn gave, for people; empty if there was one only. */
  static Optional<String> of(List<List<StormResult>> subjects) {
    if (subjects.stream().allMatch(storms -> storms.size() < 2)) {
      return Optional.empty();
    }
    return Optional.of(
        "Measured in turn, the best counts; pods/s up and down: "
            + subjects.stream().map(Turns::turns).collect(Collectors.joining("; "))
            + ".");
  }

  private static String turns(List<StormResult> storms) {
    return storms.getFirst().spec().subject()
        + " "
        + storms.stream()
            .map(
                storm ->
                    String.format(
                        Locale.ROOT,
                        "%.0f and %.0f%s",
                        storm.up().podsPerSecond(),
                        storm.deletedPerSecond(),
                        storm.lost().isEmpty() ? "" : " (lost " + storm.lost().size() + ")"))
            .collect(Collectors.joining(", "));
  }
}
