package io.viking.cli.door;

import io.micrometer.core.instrument.MeterRegistry;
import io.viking.cli.install.InstalledObject;
import io.viking.cli.install.Installer;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.cache.WatchedCache;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeClients;
import io.viking.kube.client.Selection;
import io.viking.kube.queue.WorkQueue;
import io.viking.kube.queue.WorkQueueRunner;
import io.viking.kube.queue.WorkQueueRunner.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the policies that warn in the API server while a rule of the DoorPolicy says {@code warn},
 * and at no other time: a policy that finds nothing costs a start as much as one that does, and
 * every pod a little.
 */
public final class DoorWarnings implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DoorWarnings.class);

  private static final String QUEUE = "door";

  private final ObjectCache<DoorPolicy> cache;
  private final Installer installer;
  private final List<Gate> gates;
  private final WorkQueue<String> queue;
  private final WorkQueueRunner<String> runner;

  /**
   * @param cache of all DoorPolicies, not started; closed with this
   */
  DoorWarnings(
      ObjectCache<DoorPolicy> cache, Installer installer, List<Gate> gates, MeterRegistry metrics) {
    this.cache = cache;
    this.installer = installer;
    this.gates = gates;
    this.queue =
        new WorkQueue<>(
            QUEUE, Duration.ofSeconds(1), Duration.ofMinutes(1), InstantSource.system(), metrics);
    this.runner = new WorkQueueRunner<>(QUEUE, queue, 1, Duration.ZERO, ignored -> work());
  }

  /**
   * Follows the DoorPolicy from now on, until it is closed.
   *
   * @param info what the adapter says of itself and its pool
   */
  public static DoorWarnings follow(
      KubeClients clients,
      Installer installer,
      GetInfoResponse info,
      Scope scope,
      MeterRegistry metrics) {
    var warnings =
        new DoorWarnings(
            new WatchedCache<>(
                clients.listWatch(DoorPolicy.TYPE, Selection.ALL),
                UnaryOperator.identity(),
                metrics),
            installer,
            Gates.of(info, scope),
            metrics);
    warnings.start();
    return warnings;
  }

  void start() {
    cache.subscribe(this::heard);
    cache.start();
    runner.start();
  }

  private void heard(CacheEvent<DoorPolicy> event) {
    if (cache.isSynced()) {
      queue.add(DoorPolicy.NAME);
    }
  }

  private Outcome work() throws InterruptedException {
    boolean areWanted =
        cache.get("", DoorPolicy.NAME).filter(policy -> policy.has(Action.WARN)).isPresent();
    try {
      if (areWanted) {
        for (InstalledObject object : DoorManifest.of(gates, Action.WARN)) {
          installer.apply(object);
        }
      } else {
        for (Gate gate : gates) {
          Door.remove(installer, gate.name(), Action.WARN);
        }
      }
      return new Outcome.Done();
    } catch (KubeApiException failed) {
      log.warn(
          "the door's policies that warn could not be {}: {}",
          areWanted ? "written" : "removed",
          failed.getMessage());
      return new Outcome.Again();
    }
  }

  @Override
  public void close() {
    cache.close();
    runner.close();
  }
}
