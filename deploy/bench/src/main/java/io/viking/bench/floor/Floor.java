package io.viking.bench.floor;

import io.viking.bench.apiserver.DrainedWatches;
import io.viking.bench.apiserver.ServerMetrics;
import io.viking.bench.measure.Cost;
import io.viking.bench.measure.Meter;
import io.viking.bench.session.BenchFailure;
import io.viking.bench.session.BenchSession;
import io.viking.bench.session.Labels;
import io.viking.bench.session.Purpose;
import io.viking.bench.watch.Arrivals;
import io.viking.bench.watch.Census;
import io.viking.bench.watch.PodTimes;
import io.viking.bench.watch.PodWatch;
import io.viking.bench.workload.PodPlacement;
import io.viking.bench.workload.PodShape;
import io.viking.kube.client.KubeApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Measures floors. Whoever calls it has seen to it that everybody else's loops hold still. Driven
 * by the session's thread.
 */
public final class Floor {
  /** Nobody's: its pods are bound by the floor itself. */
  private static final String SCHEDULER = "viking-bench-floor";

  private final BenchSession session;

  public Floor(BenchSession session) {
    this.session = session;
  }

  /**
   * Runs the pods once at each width; all are gone when it returns.
   *
   * @param notPaused why somebody's loops go on; empty: they hold still
   * @throws BenchFailure if the API server refuses a call, or shows no pod for a while
   */
  public FloorResult run(FloorSpec spec, Optional<String> notPaused) throws InterruptedException {
    String namespace = session.namespace(Purpose.FLOOR);
    int missing =
        session
            .meter()
            .server()
            // Each run has a watch of its own, which does not stand yet.
            .map(now -> Math.max(0, spec.podWatches() - now.podWatches() - 1))
            .orElse(0);
    try (var node = FloorNode.make(session);
        var watches = new DrainedWatches(session.raw(), missing)) {
      var runs = new ArrayList<FloorRun>();
      var stood = Optional.<Integer>empty();
      for (int width : spec.widths()) {
        String storm = session.nextStorm();
        try (PodWatch watch = session.watch(namespace, storm)) {
          var shape =
              new PodShape(spec.token(), PodPlacement.by(SCHEDULER), Map.of(Labels.STORM, storm));
          var client =
              new BareClient(session.api(), session.clock(), namespace, node.name(), shape);
          runs.add(run(spec, width, "floor-" + storm, client, watch));
          stood = session.meter().server().map(ServerMetrics::podWatches);
        }
      }
      return new FloorResult(spec, runs, stood, missing, notPaused);
    } catch (KubeApiException refused) {
      throw new BenchFailure("the floor could not go on: " + refused.getMessage(), refused);
    }
  }

  private FloorRun run(FloorSpec spec, int width, String prefix, BareClient client, PodWatch watch)
      throws InterruptedException {
    Meter meter = session.meter();
    meter.settle();
    session.progress().step(title(spec, width, "creating"));
    Meter.Stretch creation = meter.begin();
    long begun = System.nanoTime();
    client.run(prefix, spec.pods(), width);
    await(watch, spec, "Running", Census::running);
    creation.workDone();
    List<PodTimes> up = watch.ledger().times();
    meter.settle();
    Cost cost = creation.end();

    session.progress().step(title(spec, width, "deleting"));
    Meter.Stretch deletion = meter.begin();
    watch.ledger().deletionBegins();
    long deletionBegun = System.nanoTime();
    client.delete(up, width);
    await(watch, spec, "gone", Census::gone);
    deletion.workDone();
    List<PodTimes> down = watch.ledger().times();
    meter.settle();
    return new FloorRun(
        width,
        Arrivals.passage(up, PodTimes::runningAt, begun, cost),
        Arrivals.percentiles(up, PodTimes::runningAt),
        Arrivals.passage(down, PodTimes::goneAt, deletionBegun, deletion.end()),
        client.retries());
  }

  private void await(PodWatch watch, FloorSpec spec, String state, ToIntFunction<Census> come)
      throws InterruptedException {
    boolean allCame =
        watch.await(
            census -> come.applyAsInt(census) >= spec.pods(),
            session.stallAfter(),
            census ->
                session.progress().advance("pods " + state, come.applyAsInt(census), spec.pods()));
    if (!allCame) {
      throw new BenchFailure(
          "the floor stands still, nothing has changed for %d s: the watch has shown %d of %d pods %s."
              .formatted(
                  session.stallAfter().toSeconds(),
                  come.applyAsInt(watch.ledger().census()),
                  spec.pods(),
                  state));
    }
  }

  private static String title(FloorSpec spec, int width, String doing) {
    return "%s %d pods %s (floor, %d wide)"
        .formatted(doing, spec.pods(), spec.token().words(), width);
  }
}
