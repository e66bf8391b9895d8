package io.viking.bench.storm;

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
import io.viking.bench.workload.BarePods;
import io.viking.bench.workload.ControlledPods;
import io.viking.bench.workload.PodShape;
import io.viking.bench.workload.Split;
import io.viking.bench.workload.Workload;
import io.viking.kube.client.KubeApiException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Runs storms on a cluster: creates the pods, watches them come to Running, deletes them, and
 * watches them go. Driven by the session's thread.
 */
public final class Storm {
  private static final Duration POLL = Duration.ofMillis(50);

  private final BenchSession session;

  public Storm(BenchSession session) {
    this.session = session;
  }

  /**
   * Runs one; all its pods are gone when it returns.
   *
   * @throws BenchFailure if it stands still, or the API server refuses a call; what it made is
   *     removed with the session
   */
  public StormResult run(StormSpec spec) throws InterruptedException {
    return run(spec, namespace -> {});
  }

  /**
   * Runs one; all its pods are gone when it returns.
   *
   * @param midway called with the pods' namespace while all of them run; takes no part in the
   *     figures, and what it throws ends the storm
   * @throws BenchFailure as {@link #run(StormSpec)}
   */
  public StormResult run(StormSpec spec, Consumer<String> midway) throws InterruptedException {
    String namespace = session.namespace(Purpose.STORM);
    String storm = session.nextStorm();
    Workload workload = workload(spec, namespace, storm);
    Meter meter = session.meter();
    meter.settle();
    try (PodWatch watch = session.watch(namespace, storm)) {
      session.progress().step(title(spec, "creating"));
      Meter.Stretch creation = meter.begin();
      long begun = System.nanoTime();
      workload.create();
      awaitRunning(watch, spec);
      creation.workDone();
      List<PodTimes> up = watch.ledger().times();
      Optional<Integer> watches = meter.server().map(ServerMetrics::podWatches);
      meter.settle();
      Cost cost = creation.end();
      List<String> lost = up.stream().filter(PodTimes::lost).map(PodTimes::name).toList();
      midway.accept(namespace);

      session.progress().step(title(spec, "deleting"));
      Meter.Stretch deletion = meter.begin();
      watch.ledger().deletionBegins();
      long deletionBegun = System.nanoTime();
      workload.delete(present(watch));
      awaitGone(watch, spec);
      List<PodTimes> down = watch.ledger().times();
      Optional<Duration> cloudEmpty = awaitCloud(namespace, deletionBegun);
      deletion.workDone();
      meter.settle();
      return new StormResult(
          spec,
          Arrivals.passage(up, PodTimes::runningAt, begun, cost),
          Arrivals.percentiles(up, PodTimes::runningAt),
          Arrivals.percentiles(up, PodTimes::readyAt),
          Arrivals.passage(down, PodTimes::goneAt, deletionBegun, deletion.end()),
          cloudEmpty,
          watches,
          lost);
    } catch (KubeApiException refused) {
      throw new BenchFailure(
          "the storm of %s could not go on: %s".formatted(spec.subject(), refused.getMessage()),
          refused);
    }
  }

  private Workload workload(StormSpec spec, String namespace, String storm) {
    var shape = new PodShape(spec.token(), spec.placement(), Map.of(Labels.STORM, storm));
    String prefix = "storm-" + storm;
    return switch (spec.mode()) {
      case BARE ->
          new BarePods(session.api(), namespace, prefix, shape, spec.pods(), spec.createWidth());
      case DEPLOYMENT ->
          ControlledPods.deployments(
              session.api(), session.raw(), namespace, prefix, shape, parts(spec));
      case JOB ->
          ControlledPods.jobs(session.api(), session.raw(), namespace, prefix, shape, parts(spec));
    };
  }

  private static List<Integer> parts(StormSpec spec) {
    return Split.evenly(spec.pods(), spec.podsPerController());
  }

  private void awaitRunning(PodWatch watch, StormSpec spec) throws InterruptedException {
    boolean allCame =
        watch.await(
            census -> census.running() >= spec.pods() || hopeless(census, spec),
            session.stallAfter(),
            census -> session.progress().advance("pods Running", census.running(), spec.pods()));
    Census census = watch.ledger().census();
    if (!allCame) {
      throw new BenchFailure(
          "the storm of %s stands still, nothing has changed for %d s: %s%s"
              .formatted(
                  spec.subject(),
                  session.stallAfter().toSeconds(),
                  census.where(spec.pods()),
                  census.seen() > 0 && census.bound() == 0
                      ? "; does anybody take pods with schedulerName \"%s\" here?"
                          .formatted(spec.placement().schedulerName())
                      : "."));
    }
    if (census.running() < spec.pods()) {
      throw new BenchFailure(
          "the storm of %s lost pods before they ran: %s (%s)."
              .formatted(spec.subject(), census.where(spec.pods()), lostNames(watch)));
    }
  }

  /** Nobody makes a bare pod again: once enough are lost, the rest cannot be enough. */
  private static boolean hopeless(Census census, StormSpec spec) {
    return census.seen() - census.running() > 0
        && census.seen() >= spec.pods()
        && census.running() + census.lost() >= census.seen();
  }

  private static String lostNames(PodWatch watch) {
    return String.join(
        ", ",
        watch.ledger().times().stream()
            .filter(PodTimes::lost)
            .map(PodTimes::name)
            .sorted()
            .limit(10)
            .toList());
  }

  private void awaitGone(PodWatch watch, StormSpec spec) throws InterruptedException {
    boolean allWent =
        watch.await(
            census -> census.gone() >= census.seen(),
            session.stallAfter(),
            census -> session.progress().advance("pods gone", census.gone(), census.seen()));
    if (!allWent) {
      Census census = watch.ledger().census();
      throw new BenchFailure(
          "the deletion after the storm of %s stands still, nothing has changed for %d s: %d of %d pods are left."
              .formatted(
                  spec.subject(),
                  session.stallAfter().toSeconds(),
                  census.seen() - census.gone(),
                  census.seen()));
    }
  }

  /** How long after that moment the cloud had nothing left. */
  private Optional<Duration> awaitCloud(String namespace, long since) throws InterruptedException {
    while (true) {
      OptionalLong left = session.cloud().instances(namespace);
      Duration waited = Duration.ofNanos(System.nanoTime() - since);
      if (left.isEmpty()) {
        return Optional.empty();
      }
      if (left.getAsLong() == 0) {
        return Optional.of(waited);
      }
      if (waited.compareTo(session.stallAfter().multipliedBy(2)) > 0) {
        throw new BenchFailure(
            "all pods are gone, but the cloud still has %d instances of namespace %s after %d s: \"viking cloud instances -n %s\" shows them."
                .formatted(left.getAsLong(), namespace, waited.toSeconds(), namespace));
      }
      Thread.sleep(POLL);
    }
  }

  private static List<PodTimes> present(PodWatch watch) {
    return watch.ledger().times().stream().filter(pod -> pod.goneAt().isEmpty()).toList();
  }

  private static String title(StormSpec spec, String doing) {
    return "%s %d pods %s (%s)".formatted(doing, spec.pods(), spec.token().words(), spec.subject());
  }
}
