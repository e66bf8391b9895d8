package io.viking.bench;

import io.viking.bench.floor.FloorResult;
import io.viking.bench.floor.FloorRun;
import io.viking.bench.report.Round;
import io.viking.bench.storm.StormResult;
import io.viking.bench.workload.TokenUse;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The storms of one subject or several that were measured in turn, and the floor of each turn.
 *
 * @param subjects at least one, with a storm for each turn
 * @param floors one for each turn
 */
record Turns(TokenUse token, List<List<StormResult>> subjects, List<FloorResult> floors) {
  private static final int NAMES = 10;

  Turns {
    subjects = subjects.stream().map(List::copyOf).toList();
    floors = List.copyOf(floors);
  }

  /** The best storm of each subject, next to the floor of all turns. */
  Round round() {
    return new Round(token, subjects.stream().map(Turns::best).toList(), floor());
  }

  private FloorResult floor() {
    return floors.stream().reduce(FloorResult::and).orElseThrow();
  }

  /** The one that was fastest up; one in which pods were lost is the worst, however fast. */
  static StormResult best(List<StormResult> storms) {
    return storms.stream()
        .max(
            Comparator.<StormResult>comparingInt(storm -> -storm.lost().size())
                .thenComparingDouble(storm -> storm.up().podsPerSecond()))
        .orElseThrow();
  }

  /** Pods that were lost in turns that do not count otherwise: one sentence each. */
  List<String> losses() {
    return subjects.stream().flatMap(Turns::losses).toList();
  }

  private static Stream<String> losses(List<StormResult> storms) {
    StormResult best = best(storms);
    return storms.stream()
        .filter(storm -> !storm.equals(best) && !storm.lost().isEmpty())
        .map(
            storm ->
                "another storm of %s lost %d pods: %s."
                    .formatted(
                        storm.spec().subject(),
                        storm.lost().size(),
                        String.join(", ", storm.lost().stream().sorted().limit(NAMES).toList())));
  }

  /** What each turn gave, and their mean, for people; nothing if there was one only. */
  List<String> notes() {
    if (floors.size() < 2) {
      return List.of();
    }
    FloorResult floor = floor();
    return List.of(
        "In turn, %s, pods/s up and down: %s."
            .formatted(
                token.words(),
                Stream.concat(subjects.stream().map(Turns::each), widths(floor))
                    .collect(Collectors.joining("; "))),
        "By the mean of the turns, %s, ÷ the floor's up and down: %s."
            .formatted(
                token.words(),
                subjects.stream()
                    .map(storms -> byTheMean(storms, floor))
                    .collect(Collectors.joining("; "))));
  }

  private static String each(List<StormResult> storms) {
    return storms.getFirst().spec().subject()
        + " "
        + storms.stream()
            .map(
                storm ->
                    rates(storm.up().podsPerSecond(), storm.deletedPerSecond())
                        + (storm.lost().isEmpty() ? "" : " (lost " + storm.lost().size() + ")"))
            .collect(Collectors.joining(", "));
  }

  /** The floor at each width, the narrowest first. */
  private static Stream<String> widths(FloorResult floor) {
    return floor.runs().stream()
        .collect(
            Collectors.groupingBy(
                FloorRun::width,
                TreeMap::new,
                Collectors.mapping(
                    run -> rates(run.up().podsPerSecond(), run.down().podsPerSecond()),
                    Collectors.joining(", "))))
        .entrySet()
        .stream()
        .map(width -> "floor, %d wide %s".formatted(width.getKey(), width.getValue()));
  }

  private static String rates(double up, double down) {
    return String.format(Locale.ROOT, "%.0f and %.0f", up, down);
  }

  private static String byTheMean(List<StormResult> storms, FloorResult floor) {
    return String.format(
        Locale.ROOT,
        "%s %.2f and %.2f",
        storms.getFirst().spec().subject(),
        mean(storms, storm -> storm.up().podsPerSecond()) / floor.meanUp(),
        mean(storms, StormResult::deletedPerSecond) / floor.meanDown());
  }

  private static double mean(List<StormResult> storms, ToDoubleFunction<StormResult> rate) {
    return storms.stream().mapToDouble(rate).average().orElseThrow();
  }
}
