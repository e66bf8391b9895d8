package io.viking.bench.churn;

import io.viking.bench.measure.Cost;
import io.viking.bench.measure.Meter;
import io.viking.bench.measure.Percentiles;
import io.viking.bench.session.BenchFailure;
import io.viking.bench.session.BenchSession;
import io.viking.bench.session.Labels;
import io.viking.bench.session.Purpose;
import io.viking.bench.storm.StormSpec;
import io.viking.bench.watch.Census;
import io.viking.bench.watch.PodTimes;
import io.viking.bench.watch.PodWatch;
import io.viking.bench.workload.BarePods;
import io.viking.bench.workload.PodShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Brings pods up that stay, and then has others come and go at a steady rate. A pod is created when
 * it is due, however long those before it take: what waits is measured, not waited for. Driven by
 * the session's thread.
 */
public final class ChurnBench {
  private final BenchSession session;
  private final ChurnSettings settings;

  public ChurnBench(BenchSession session, ChurnSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /**
   * Measures; what it made is removed with the session.
   *
   * @throws BenchFailure if pods do not come to be Ready
   */
  public ChurnReport run() throws InterruptedException {
    String namespace = session.namespace(Purpose.STORM);
    bringUp(namespace);
    String storm = session.nextStorm();
    var visitors = new Visitors(session.api(), namespace, "churn-" + storm, shape(storm));
    try (PodWatch watch = session.watch(namespace, storm)) {
      watch.ledger().deletionBegins();
      session.progress().step("%d pods come and go each second".formatted(settings.perSecond()));
      Cost cost = churn(visitors);
      int all = settings.uncounted() + settings.counted();
      await(watch, "Ready", all, Census::ready);
      await(watch, "gone", all, Census::gone);
      return report(visitors, watch.ledger().times(), cost);
    }
  }

  private void bringUp(String namespace) throws InterruptedException {
    if (settings.present() == 0) {
      return;
    }
    session.progress().step("bringing up %d pods that stay".formatted(settings.present()));
    String storm = session.nextStorm();
    try (PodWatch watch = session.watch(namespace, storm)) {
      new BarePods(
              session.api(),
              namespace,
              "stay-" + storm,
              shape(storm),
              settings.present(),
              StormSpec.CREATE_WIDTH)
          .create();
      await(watch, "Running", settings.present(), Census::running);
    }
    session.meter().settle();
  }

  private PodShape shape(String storm) {
    return new PodShape(settings.token(), settings.placement(), Map.of(Labels.STORM, storm));
  }

  /** Gives the cost of what is measured, the deletions that fall into that time among it. */
  private Cost churn(Visitors visitors) throws InterruptedException {
    var coming = new ArrayList<Future<Visitors.Visit>>();
    var going = new ArrayList<Future<?>>();
    int stay = (int) (ChurnSettings.STAYS.toSeconds() * settings.perSecond());
    int uncounted = settings.uncounted();
    int all = uncounted + settings.counted();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      long begun = System.nanoTime();
      Meter.Stretch stretch = session.meter().begin();
      for (int i = 0; i < all; i++) {
        if (i == uncounted) {
          stretch = session.meter().begin();
        }
        sleepUntil(begun + settings.due(i).toNanos());
        int index = i;
        coming.add(executor.submit(() -> visitors.come(index)));
        if (i >= stay) {
          going.add(go(visitors, i - stay, coming, executor));
        }
      }
      stretch.workDone();
      Cost cost = stretch.end();
      for (int i = Math.max(0, all - stay); i < all; i++) {
        sleepUntil(begun + settings.due(i + stay).toNanos());
        going.add(go(visitors, i, coming, executor));
      }
      for (Future<?> call : going) {
        awaitCall(call);
      }
      return cost;
    }
  }

  /** Not before it is there: who is slow to come is slow to go. */
  private static Future<?> go(
      Visitors visitors, int index, List<Future<Visitors.Visit>> coming, ExecutorService executor) {
    Future<Visitors.Visit> visit = coming.get(index);
    return executor.submit(
        () -> {
          visitors.go(index, visit.get());
          return index;
        });
  }

  private static void awaitCall(Future<?> call) throws InterruptedException {
    try {
      call.get();
    } catch (ExecutionException failed) {
      throw new BenchFailure("a call was refused: %s.".formatted(failed.getMessage()), failed);
    }
  }

  private static void sleepUntil(long nanoTime) throws InterruptedException {
    long left = nanoTime - System.nanoTime();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }

  /** What is counted of a census. */
  private interface Count {
    int of(Census census);
  }

  private void await(PodWatch watch, String state, int pods, Count count)
      throws InterruptedException {
    boolean all =
        watch.await(
            census -> count.of(census) >= pods,
            session.stallAfter(),
            census -> session.progress().advance("pods " + state, count.of(census), pods));
    if (!all) {
      throw new BenchFailure(
          "%d of %d pods are %s, and nothing has changed for %d s."
              .formatted(
                  count.of(watch.ledger().census()),
                  pods,
                  state,
                  session.stallAfter().toSeconds()));
    }
  }

  private ChurnReport report(Visitors visitors, List<PodTimes> times, Cost cost) {
    Map<String, PodTimes> byUid = new HashMap<>();
    times.forEach(pod -> byUid.put(pod.uid(), pod));
    var createCall = new ArrayList<Long>();
    var toReady = new ArrayList<Long>();
    var sinceSeen = new ArrayList<Long>();
    var toGone = new ArrayList<Long>();
    Map<Integer, Long> leaving = visitors.leaving();
    visitors
        .visits()
        .forEach(
            (index, visit) -> {
              PodTimes pod = byUid.get(visit.uid());
              if (index < settings.uncounted() || pod == null) {
                return;
              }
              createCall.add(visit.accepted() - visit.asked());
              add(toReady, pod.readyAt(), visit.asked());
              add(sinceSeen, pod.readyAt(), pod.seenAt());
              Long left = leaving.get(index);
              if (left != null) {
                add(toGone, pod.goneAt(), left);
              }
            });
    return new ChurnReport(
        settings.present(),
        settings.perSecond(),
        toReady.size(),
        Percentiles.ofNanos(createCall),
        Percentiles.ofNanos(toReady),
        Percentiles.ofNanos(sinceSeen),
        Percentiles.ofNanos(toGone),
        cost);
  }

  private static void add(List<Long> waits, OptionalLong at, long since) {
    at.ifPresent(when -> waits.add(when - since));
  }
}
