package io.viking.chaos.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A chaos run, before it happens: the same seed and size make the same plan. Kinds of work, faults
 * and victims are dealt from shuffled decks, so that a run of some rounds has met them all.
 */
public record ChaosPlan(long seed, Size size, List<Round> rounds) {
  public ChaosPlan {
    rounds = List.copyOf(rounds);
  }

  public static ChaosPlan of(long seed, Size size) {
    var random = new SplittableRandom(seed);
    var works = new Deck<>(List.of(Work.values()), random);
    var creations = new Deck<>(WireStrikes.ofCreation(), random);
    var deletions = new Deck<>(WireStrikes.ofDeletion(), random);
    List<List<Strike>> blows = blows(size, random);
    List<Round> rounds = new ArrayList<>();
    for (int number = 1; number <= size.rounds(); number++) {
      int pods = size.pods() / 2 + random.nextInt(size.pods() + 1);
      int act = 2 * (number - 1);
      rounds.add(
          new Round(
              number,
              works.deal(),
              pods,
              act(size, creations, blows.get(act), random),
              act(size, deletions, blows.get(act + 1), random)));
    }
    return new ChaosPlan(seed, size, rounds);
  }

  /** For each act what befalls it, as evenly spread as it comes. */
  private static List<List<Strike>> blows(Size size, SplittableRandom random) {
    var acts = new Deck<>(IntStream.range(0, 2 * size.rounds()).boxed().toList(), random);
    List<List<Strike>> blows =
        Stream.<List<Strike>>generate(ArrayList::new).limit(2L * size.rounds()).toList();
    new BlowDecks(random).deal(size.blows()).forEach(blow -> blows.get(acts.deal()).add(blow));
    return blows;
  }

  private static List<PlannedStrike> act(
      Size size, Deck<Strike> wires, List<Strike> blows, SplittableRandom random) {
    Stream<PlannedStrike> wire =
        Stream.generate(wires::deal)
            .map(strike -> new PlannedStrike(percent(strike, random), strike))
            .limit(size.strikesPerAct());
    Stream<PlannedStrike> blow =
        blows.stream().map(strike -> new PlannedStrike(percent(strike, random), strike));
    return Stream.concat(wire, blow)
        .sorted(Comparator.comparingInt(PlannedStrike::percent))
        .toList();
  }

  /**
   * Calls lead the way that pods go, bindings and tokens first; streams and watches follow them to
   * the end.
   */
  private static int percent(Strike strike, SplittableRandom random) {
    return switch (strike) {
      case Strike.AdapterCalls ignored -> random.nextInt(2) * 10;
      case Strike.ApiCalls calls when calls.verb().equals("create") -> 0;
      case Strike.ApiCalls ignored -> random.nextInt(4) * 10;
      case Strike.AdapterStreams ignored -> random.nextInt(8) * 10;
      case Strike.ApiWatches ignored -> random.nextInt(8) * 10;
      case Strike.Kill ignored -> inTheMiddle(random);
      case Strike.Freeze ignored -> inTheMiddle(random);
      case Strike.Restart ignored -> inTheMiddle(random);
      case Strike.Rollout ignored -> inTheMiddle(random);
      case Strike.Skew ignored -> inTheMiddle(random);
      case Strike.FullDisk ignored -> inTheMiddle(random);
      case Strike.ApiSlow ignored -> inTheMiddle(random);
      case Strike.CutWires ignored -> inTheMiddle(random);
    };
  }

  private static int inTheMiddle(SplittableRandom random) {
    return 10 + random.nextInt(70);
  }

  /** A table for people, with the seed. */
  public String text() {
    var text =
        new StringBuilder(
            "Chaos plan of seed %d: %d rounds. Replay: -Dviking.chaos.seed=%d%s%n"
                .formatted(seed, rounds.size(), seed, flags()));
    for (Round round : rounds) {
      text.append(
          "%n%2d. %s (%d pods)%n".formatted(round.number(), round.work().text(), round.pods()));
      round.first().forEach(strike -> line(text, "coming", strike));
      round.second().forEach(strike -> line(text, "going", strike));
    }
    return text.toString();
  }

  private String flags() {
    return " -Dviking.chaos.rounds=%d -Dviking.chaos.pods=%d -Dviking.chaos.kills=%d -Dviking.chaos.replicas=%d"
        .formatted(size.rounds(), size.pods(), size.blows().kills(), size.replicas());
  }

  private static void line(StringBuilder text, String act, PlannedStrike strike) {
    text.append(
        "      %-6s at %2d %%: %s%n".formatted(act, strike.percent(), strike.strike().text()));
  }
}
