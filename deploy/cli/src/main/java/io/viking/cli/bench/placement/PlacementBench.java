package io.viking.cli.bench.placement;

import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.scheduler.decision.GroupDecider;
import io.viking.scheduler.decision.PlacementPolicy;
import io.viking.scheduler.decision.World;
import java.util.Random;
import java.util.stream.Stream;

/** Every rival on the same trace and the same market. A function of trace and seed. */
final class PlacementBench {
  private PlacementBench() {}

  /** A day from the seed. */
  static Trace day(long seed) {
    return TraceDay.generate(new Random(seed));
  }

  /**
   * @throws CommandFailure if the trace has a pod of a size that is not sold
   */
  static PlacementReport run(Trace trace, long seed) {
    check(trace, seed);
    Stream<Rival> rivals =
        Stream.of(
            Rival.of(PlacementPolicy.SPREAD),
            Rival.of(PlacementPolicy.CHEAPEST),
            Rival.random(seed),
            Rival.roundRobin());
    return new PlacementReport(
        seed,
        trace.workloads(),
        trace.pods(),
        trace.end(),
        Market.CURRENCY,
        rivals.map(rival -> new Replay(market(seed), rival).run(trace)).toList());
  }

  /** Other chances than those of the day: a longer day has no other prices. */
  private static Market market(long seed) {
    return new Market(new Random(~seed));
  }

  /** Stock and prices come and go, sizes do not. */
  private static void check(Trace trace, long seed) {
    World world = new View(market(seed).catalog(_ -> 0)).world();
    trace.lines().stream()
        .map(line -> new Sized(line.workload(), line.size()))
        .distinct()
        .forEach(
            sized ->
                GroupDecider.standard()
                    .decide(Pods.shape(sized.workload(), sized.size()), 1, world)
                    .rest()
                    .ifPresent(
                        rest -> {
                          throw new CommandFailure(
                              ExitCode.USAGE,
                              "--trace: workload %s: %s"
                                  .formatted(sized.workload(), rest.message()));
                        }));
  }

  private record Sized(String workload, PodSize size) {}
}
