package io.viking.chaos.plan;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Whom the blows hit and how: each deals all that there is before it comes again. */
final class BlowDecks {
  private static final int SHORTEST_FREEZE_SECONDS = 2;
  private static final int LONGEST_FREEZE_SECONDS = 6;
  private static final int SLOWEST_SECONDS = 5;
  private static final int LONGEST_SLOWNESS_SECONDS = 8;

  /** Most ends of a connection are in the middle of a message. */
  private static final int MOST_BYTES_BEFORE_CUT = 3000;

  private static final List<Target> PROCESSES = List.of(Target.values());

  /** Whose clock is injected. */
  private static final List<Target> OURS = List.of(Target.SYNCER, Target.SCHEDULER, Target.SIM);

  private static final List<Duration> SKEWS =
      List.of(
          Duration.ofMinutes(10),
          Duration.ofMinutes(-10),
          Duration.ofSeconds(90),
          Duration.ofSeconds(-90),
          Duration.ZERO);

  /** One is undivided work. */
  private static final List<Integer> SHARDS = List.of(1, 3, 4);

  private final SplittableRandom random;
  private final Deck<Target> killed;
  private final Deck<Target> frozen;
  private final Deck<Target> restarted;
  private final Deck<Target> skewed;
  private final Deck<Duration> skews;
  private final Deck<Disk> disks;
  private final Deck<Integer> shards;

  BlowDecks(SplittableRandom random) {
    this.random = random;
    this.killed = new Deck<>(PROCESSES, random);
    this.frozen = new Deck<>(PROCESSES, random);
    this.restarted = new Deck<>(List.of(Target.ETCD, Target.SYNCER, Target.ETCD), random);
    this.skewed = new Deck<>(OURS, random);
    this.skews = new Deck<>(SKEWS, random);
    this.disks = new Deck<>(List.of(Disk.values()), random);
    this.shards = new Deck<>(SHARDS, random);
  }

  Stream<Strike> deal(Blows blows) {
    return Stream.of(
            many(blows.kills(), () -> new Strike.Kill(killed.deal())),
            many(
                blows.freezes(),
                () ->
                    new Strike.Freeze(
                        frozen.deal(), seconds(SHORTEST_FREEZE_SECONDS, LONGEST_FREEZE_SECONDS))),
            many(blows.restarts(), () -> new Strike.Restart(restarted.deal())),
            many(
                blows.slowdowns(),
                () ->
                    new Strike.ApiSlow(
                        seconds(1, SLOWEST_SECONDS),
                        seconds(SLOWEST_SECONDS, LONGEST_SLOWNESS_SECONDS))),
            many(blows.skews(), () -> new Strike.Skew(skewed.deal(), skews.deal())),
            many(
                blows.fullDisks(),
                () -> new Strike.FullDisk(disks.deal(), seconds(2, SLOWEST_SECONDS))),
            many(blows.cuts(), () -> new Strike.CutWires(random.nextInt(MOST_BYTES_BEFORE_CUT))),
            many(blows.rollouts(), () -> new Strike.Rollout(shards.deal())))
        .flatMap(strikes -> strikes);
  }

  private static Stream<Strike> many(int count, Supplier<Strike> next) {
    return Stream.generate(next).limit(count);
  }

  private Duration seconds(int from, int to) {
    return Duration.ofSeconds(random.nextInt(from, to + 1));
  }
}
