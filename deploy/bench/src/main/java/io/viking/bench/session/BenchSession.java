package io.viking.bench.session;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.bench.apiserver.ApiServerMetrics;
import io.viking.bench.apiserver.RawCalls;
import io.viking.bench.measure.Meter;
import io.viking.bench.process.ProcessSampler;
import io.viking.bench.watch.PodWatch;
import io.viking.controlplane.Progress;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import io.viking.kube.client.Selection;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One run of a benchmark on one cluster. It holds the clients and the names, and removes what was
 * made under these names when it is closed; what a killed run left behind it removes when it is
 * opened.
 *
 * <p>Driven by one thread.
 */
public final class BenchSession implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final BenchTarget target;
  private final Progress progress;
  private final Clock clock;
  private final Duration stallAfter;
  private final String run;
  private final KubeClients clients;
  private final RawCalls raw;
  private final ProcessSampler processes;
  private final Meter meter;
  private final Sweep sweep;
  private final RunLock lock;
  private final Set<String> namespaces = new HashSet<>();
  private int storms;

  private BenchSession(
      BenchTarget target,
      Progress progress,
      Clock clock,
      Duration stallAfter,
      String run,
      KubeClients clients,
      RawCalls raw) {
    this.target = target;
    this.progress = progress;
    this.clock = clock;
    this.stallAfter = stallAfter;
    this.run = run;
    this.clients = clients;
    this.raw = raw;
    this.processes = new ProcessSampler(target.processes());
    this.meter = new Meter(new ApiServerMetrics(raw), processes, System::nanoTime);
    this.sweep = new Sweep(clients, raw, progress);
    this.lock = RunLock.acquire(clients.api(), LockHolder.current(), clock);
  }

  /**
   * Connects, keeps other benchmarks off, and removes what earlier ones left behind.
   *
   * @param stallAfter how long nothing may happen before a storm is given up
   * @throws BenchFailure if the cluster cannot be used, or another benchmark runs on it
   */
  public static BenchSession open(
      BenchTarget target, Progress progress, Clock clock, Duration stallAfter)
      throws InterruptedException {
    KubeClients clients = connect(target);
    var raw = new RawCalls(clients.apiClient());
    try {
      String run = Long.toString(clock.instant().getEpochSecond(), 36);
      var session = new BenchSession(target, progress, clock, stallAfter, run, clients, raw);
      session.begin();
      return session;
    } catch (KubeApiException e) {
      raw.close();
      clients.close();
      throw new BenchFailure(
          "the cluster of %s cannot be used: %s".formatted(target.kubeconfig(), e.getMessage()), e);
    } catch (RuntimeException e) {
      raw.close();
      clients.close();
      throw e;
    }
  }

  private void begin() throws InterruptedException {
    try {
      List<String> left = sweep.all(Duration.ofMinutes(2));
      if (!left.isEmpty()) {
        progress.note("removed what an earlier run left behind: " + String.join(", ", left) + ".");
      }
      processes.start();
      progress.step("looking at the idle cluster");
      meter.learnIdle();
    } catch (InterruptedException | RuntimeException e) {
      processes.close();
      lock.close();
      throw e;
    }
  }

  /** What names of this run begin with: {@code viking-bench-t5x0k2}. */
  public String name() {
    return "viking-bench-" + run;
  }

  /** The value of {@link Labels#RUN} on all that belongs to this run. */
  public String run() {
    return run;
  }

  public KubeApi api() {
    return clients.api();
  }

  public KubeClients clients() {
    return clients;
  }

  public RawCalls raw() {
    return raw;
  }

  public ProcessSampler processes() {
    return processes;
  }

  public Meter meter() {
    return meter;
  }

  public Progress progress() {
    return progress;
  }

  public Clock clock() {
    return clock;
  }

  public Duration stallAfter() {
    return stallAfter;
  }

  public BenchTarget.CloudGlance cloud() {
    return target.cloud();
  }

  /** Another value of {@link Labels#STORM}. */
  public String nextStorm() {
    storms++;
    return "s" + storms;
  }

  /** The namespace of this run for that purpose, ready for pods; made when first asked for. */
  public String namespace(Purpose purpose) throws InterruptedException {
    String namespace = name() + "-" + purpose.word();
    if (namespaces.add(namespace)) {
      Namespaces.make(clients.api(), namespace, run);
    }
    return namespace;
  }

  /** Watches the pods of a storm; the caller closes it. */
  public PodWatch watch(String namespace, String storm) throws InterruptedException {
    return PodWatch.open(
        clients,
        Selection.namespace(namespace).withLabels(Labels.STORM + "=" + storm),
        System::nanoTime);
  }

  /** Removes all that this run made so far, and goes on: after something failed half way. */
  public void startOver() throws InterruptedException {
    progress.step("removing what was made");
    sweep.all(Duration.ofMinutes(5));
    namespaces.clear();
  }

  /** Removes all that this run made. Works also when the thread was interrupted before. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      progress.step("removing what was made");
      sweep.all(Duration.ofMinutes(5));
    } catch (InterruptedException again) {
      interrupted = true;
      progress.note(
          "interrupted again: the rest (label %s) is removed by the next run."
              .formatted(Labels.RUN));
    } catch (KubeApiException failed) {
      progress.note(
          "not everything was removed (%s): the next run removes what has the label %s."
              .formatted(failed.getMessage(), Labels.RUN));
    } finally {
      processes.close();
      lock.close();
      raw.close();
      clients.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static KubeClients connect(BenchTarget target) {
    KubeClientConfig defaults = KubeClientConfig.DEFAULT;
    try {
      return KubeClients.of(
          target.kubeconfig(),
          new KubeClientConfig(
              DEADLINE, defaults.connectTimeout(), defaults.connections(), defaults.ping()),
          new SimpleMeterRegistry());
    } catch (IllegalArgumentException e) {
      throw new BenchFailure(e.getMessage() + ".", e);
    }
  }
}
