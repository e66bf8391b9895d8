package io.viking.simulation.process;

import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.cloud.client.CatalogSnapshot;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.events.EventRecorder;
import io.viking.scheduler.Scheduler;
import io.viking.scheduler.SchedulerConfig;
import io.viking.scheduler.decision.GroupDecider;
import io.viking.scheduler.loop.SchedulerCore;
import io.viking.scheduler.loop.SchedulerEffect;
import io.viking.scheduler.loop.SchedulerEvent;
import io.viking.scheduler.loop.SchedulerObserver;
import io.viking.scheduler.pod.PodReader;
import io.viking.scheduler.zone.ZoneNodeReader;
import io.viking.simulation.Timeline;
import io.viking.simulation.api.Present;
import io.viking.simulation.cloud.CatalogBoard;
import io.viking.simulation.fault.FaultKind;
import io.viking.simulation.fault.Faults;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One life of the scheduler: its core, its calls, its cache of pods, its follower of the catalog.
 */
public final class SchedulerProcess {
  private static final SchedulerConfig CONFIG = SchedulerConfig.DEFAULTS;
  private static final long CONFIRMED_EVERY_MILLIS = 60_000;

  private final Timeline time;
  private final Faults faults;
  private final CatalogBoard board;
  private final SimulatedLoop<SchedulerEvent, SchedulerEffect> loop;
  private final CacheFeed<V1Pod> pods;
  private final Consumer<CatalogSnapshot> reader = this::published;
  private long lastArrival;
  private Optional<Instant> heard = Optional.empty();
  private boolean isCatalogAway;

  public SchedulerProcess(
      Surroundings around,
      EventRecorder events,
      MeterRegistry meters,
      Tampering<SchedulerEvent, SchedulerEffect> tampering) {
    this.time = around.time();
    this.faults = around.faults();
    this.board = around.cloud().catalog();
    var line = new Line(around.cloud());
    var core =
        new SchedulerCore(
            CONFIG.core(), GroupDecider.standard(CONFIG.policy()), SchedulerObserver.NONE);
    this.loop =
        new SimulatedLoop<>(
            "scheduler",
            around,
            core,
            Scheduler.calls(CONFIG, new LineApi(around.api(), line), events, meters),
            line,
            tampering);
    var podReader = new PodReader(CONFIG.schedulerNames());
    Function<V1Pod, SchedulerEvent> seen = pod -> SchedulerEvent.of(podReader.read(pod));
    this.pods =
        new CacheFeed<>(
            around,
            ResourceType.PODS,
            told ->
                loop.offer(told.stream().map(event -> SchedulerEvent.of(event, seen)).toList()));
    lists(around);
    pods.feed().start();
    board.read(reader);
    time.after(1 + faults.upTo(30), this::listCatalog);
    time.after(CONFIRMED_EVERY_MILLIS, this::confirm);
  }

  public void cutPods(long pauseMillis) {
    pods.feed().cut(pauseMillis);
  }

  /** The catalog is out of reach, and told to be. */
  public void loseCatalog(long pauseMillis) {
    if (isCatalogAway || heard.isEmpty()) {
      return;
    }
    isCatalogAway = true;
    faults.count(FaultKind.CLOUD_UNREACHABLE);
    loop.offer(List.of(new SchedulerEvent.CatalogInterrupted(heard.get())));
    time.after(
        pauseMillis,
        () -> {
          isCatalogAway = false;
          listCatalog();
        });
  }

  /** kill -9. */
  public void kill() {
    loop.kill();
    pods.feed().close();
    board.unread(reader);
  }

  /** Nodes and namespaces, which never change here, and budgets, of which there are none. */
  private void lists(Surroundings around) {
    var events = new ArrayList<SchedulerEvent>();
    around
        .api()
        .all(ResourceType.NODES)
        .forEach(node -> events.add(new SchedulerEvent.NodeSeen(ZoneNodeReader.read(node))));
    events.add(new SchedulerEvent.NodesListed());
    around
        .api()
        .all(ResourceType.NAMESPACES)
        .forEach(
            namespace ->
                events.add(
                    new SchedulerEvent.NamespaceSeen(
                        String.valueOf(Present.metadata(namespace).getName()), Map.of())));
    events.add(new SchedulerEvent.NamespacesListed());
    events.add(new SchedulerEvent.BudgetsListed());
    loop.offer(events);
  }

  private void listCatalog() {
    published(board.shown());
  }

  private void published(CatalogSnapshot catalog) {
    if (!isCatalogAway) {
      catalogSays(new SchedulerEvent.CatalogChanged(catalog));
    }
  }

  private void confirm() {
    if (loop.isDead()) {
      return;
    }
    if (!isCatalogAway && heard.isPresent()) {
      // By the list of a renewed watch, and by its first answer.
      catalogSays(new SchedulerEvent.CatalogConfirmed());
      catalogSays(new SchedulerEvent.CatalogConfirmed());
    }
    time.after(CONFIRMED_EVERY_MILLIS, this::confirm);
  }

  /** In order. */
  private void catalogSays(SchedulerEvent event) {
    lastArrival = Math.max(lastArrival, time.millis() + faults.watchMillis());
    time.at(
        lastArrival,
        () -> {
          heard = Optional.of(time.instant());
          loop.offer(List.of(event));
        });
  }
}
