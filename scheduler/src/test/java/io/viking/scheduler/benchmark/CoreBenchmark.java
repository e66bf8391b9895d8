package io.viking.scheduler.benchmark;

import io.viking.kube.loop.Step;
import io.viking.scheduler.decision.GroupDecider;
import io.viking.scheduler.loop.Backoff;
import io.viking.scheduler.loop.BindOutcome;
import io.viking.scheduler.loop.CoreConfig;
import io.viking.scheduler.loop.ReportOutcome;
import io.viking.scheduler.loop.SchedulerCore;
import io.viking.scheduler.loop.SchedulerEffect;
import io.viking.scheduler.loop.SchedulerEvent;
import io.viking.scheduler.loop.SchedulerObserver;
import io.viking.scheduler.testing.Cloud;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One step of the core: it hears of 10,000 new pods and gives a bind, or a report, for each that
 * may be sent. An operation is one pod that was decided.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 1)
public class CoreBenchmark {
  /** All binds come out of the one step. */
  private static final CoreConfig CONFIG =
      new CoreConfig(
          2 * Load.PODS,
          8,
          new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)),
          new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)),
          new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5)),
          10,
          10);

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Param public Load load = Load.ONE_DEPLOYMENT;

  @Param({"1000", "10000", "100000"})
  public int present;

  private final SchedulerCore core =
      new SchedulerCore(CONFIG, GroupDecider.standard(), SchedulerObserver.NONE);
  private final List<SchedulerEvent> arrivals = new ArrayList<>();
  private List<SchedulerEffect> effects = List.of();

  @Setup(Level.Trial)
  public void fill() {
    var events = new ArrayList<SchedulerEvent>();
    Load.ZONES.forEach(zone -> events.add(new SchedulerEvent.NodeSeen(Cloud.node(zone))));
    load.present(present).forEach(pod -> events.add(new SchedulerEvent.PodPlaced(pod)));
    events.add(new SchedulerEvent.PodsListed());
    events.add(new SchedulerEvent.NodesListed());
    events.add(new SchedulerEvent.NamespacesListed());
    events.add(new SchedulerEvent.CatalogChanged(Cloud.cloud().snapshot()));
    core.step(events, NOW);
    load.arriving().forEach(pod -> arrivals.add(new SchedulerEvent.PodWaiting(pod)));
  }

  @Benchmark
  @OperationsPerInvocation(Load.PODS)
  public Step<SchedulerEvent, SchedulerEffect> decide() {
    var step = core.step(arrivals, NOW);
    effects = step.effects();
    return step;
  }

  /** They are deleted again. */
  @TearDown(Level.Invocation)
  public void empty() {
    var events = new ArrayList<SchedulerEvent>();
    for (SchedulerEvent event : arrivals) {
      if (event instanceof SchedulerEvent.PodWaiting(var pod)) {
        events.add(new SchedulerEvent.PodGone(pod.uid()));
      }
    }
    for (SchedulerEffect effect : effects) {
      switch (effect) {
        case SchedulerEffect.Bind bind ->
            events.add(
                new SchedulerEvent.BindAnswered(bind.pod(), bind.zone(), new BindOutcome.Gone()));
        case SchedulerEffect.Report report ->
            events.add(
                new SchedulerEvent.ReportAnswered(
                    report.pod(),
                    report.resourceVersion(),
                    report.message(),
                    ReportOutcome.WRITTEN));
        default -> {}
      }
    }
    core.step(events, NOW);
  }
}
