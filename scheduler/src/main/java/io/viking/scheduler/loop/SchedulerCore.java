package io.viking.scheduler.loop;

import io.viking.kube.loop.LoopCore;
import io.viking.kube.loop.Step;
import io.viking.kube.profile.Additions;
import io.viking.scheduler.decision.Decision;
import io.viking.scheduler.decision.GroupDecider;
import io.viking.scheduler.decision.Placement;
import io.viking.scheduler.decision.Unplaced;
import io.viking.scheduler.decision.World;
import io.viking.scheduler.pod.PendingPod;
import io.viking.scheduler.pod.PlacedPod;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Inventory;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.QuotaShelf;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives pods zones.
 *
 * <h2>A step</h2>
 *
 * takes in all that was heard, decides the groups that are new or that something may have helped,
 * highest priority first, and sends what may be sent now. Nothing is decided before all pods,
 * nodes, namespaces and a catalog are known: counts would be wrong and the spread with them.
 *
 * <h2>An assumption</h2>
 *
 * A pod that was given a zone counts there at once, and takes its stock, long before the API server
 * knows. It ends in one of three ways: the cache shows the pod with a zone, the bind fails and all
 * is given back, or the pod is gone.
 *
 * <h2>One write at a time</h2>
 *
 * For each pod one bind or one report is in flight, never two: answers may come in any order, and
 * the condition of an unschedulable pod must not land on one that has just been bound.
 */
public final class SchedulerCore implements LoopCore<SchedulerEvent, SchedulerEffect> {
  private final CoreConfig config;
  private final GroupDecider decider;
  private final SchedulerObserver observer;
  private final Supplies supplies;
  private final Population population = new Population();
  private final PodQueue queue = new PodQueue();
  private final Explainer explainer;
  private final RoomMaker room;
  private final Binder binder;
  private final ClaimBinder claims;
  private final Reporter reporter;
  private boolean podsListed;
  private boolean nodesListed;
  private boolean namespacesListed;
  private long groupTimers;

  public SchedulerCore(CoreConfig config, GroupDecider decider, SchedulerObserver observer) {
    this.config = config;
    this.decider = decider;
    this.observer = observer;
    this.supplies = new Supplies(config);
    this.room = new RoomMaker(supplies.inventory(), queue);
    this.binder = new Binder(config.bindsInFlight());
    this.claims = new ClaimBinder(supplies.sites());
    this.reporter = new Reporter(config, claims::holds);
    this.explainer = new Explainer(decider, queue, population, claims::holds);
  }

  @Override
  public Step<SchedulerEvent, SchedulerEffect> step(List<SchedulerEvent> events, Instant now) {
    var out = new Outbox();
    supplies.at(now);
    var questions = new ArrayList<SchedulerEvent.Asked>();
    for (SchedulerEvent event : events) {
      hear(event, now, out, questions);
    }
    if (isReady()) {
      room.tidy();
      do {
        queue.takeActive().forEach(group -> decide(group, now, out));
        sendBinds(out);
      } while (queue.hasActive());
      reporter.flush(now, out);
    }
    for (SchedulerEvent.Asked asked : questions) {
      out.effect(
          isReady()
              ? explainer.answer(asked, world(room.quotas(asked.shape()), now))
              : explainer.notYet(asked));
    }
    supplies.setTimers(out);
    observer.stepped(queue.counts(), isReady());
    return out.toStep();
  }

  private boolean isReady() {
    return podsListed && nodesListed && namespacesListed && supplies.isKnown();
  }

  private void hear(
      SchedulerEvent event, Instant now, Outbox out, List<SchedulerEvent.Asked> questions) {
    switch (event) {
      case SchedulerEvent.PodWaiting(var pod) -> reporter.seen(queue.see(pod));
      case SchedulerEvent.PodPlaced(var pod) -> placed(pod);
      case SchedulerEvent.PodGone(String uid) -> {
        room.gone(uid, queue.remove(uid).isPresent(), now);
        uncount(uid);
      }
      case SchedulerEvent.PodsListed() -> podsListed = true;
      case SchedulerEvent.NodeSeen(var node) -> queue.wake(supplies.sites().nodeSeen(node));
      case SchedulerEvent.NodeGone(String name) -> queue.wake(supplies.sites().nodeGone(name));
      case SchedulerEvent.NodesListed() -> nodesListed = true;
      case SchedulerEvent.NamespaceSeen(String name, var labels) -> {
        if (population.namespaces().seen(name, labels)) {
          queue.wake(List.of(new Cure.NamespacesChanged()));
        }
      }
      case SchedulerEvent.NamespaceGone(String name) -> {
        if (population.namespaces().gone(name)) {
          queue.wake(List.of(new Cure.NamespacesChanged()));
        }
      }
      case SchedulerEvent.NamespacesListed() -> namespacesListed = true;
      case SchedulerEvent.CatalogEvent news -> supplies.hear(news, queue);
      case SchedulerEvent.CoolDownRang(var alarm) -> queue.wake(supplies.rang(alarm));
      case SchedulerEvent.VolumeEvent volume -> volumeNews(claims.hear(volume, now), now, out);
      case SchedulerEvent.BindAnswered answer -> bindAnswered(answer, now, out);
      case SchedulerEvent.ReportAnswered answer -> {
        reporter.answered(queue.find(answer.pod().uid()), answer);
        binder.release(answer.pod().uid());
      }
      case SchedulerEvent.Asked asked -> questions.add(asked);
      case SchedulerEvent.OfRoom ofRoom -> room.hear(ofRoom, now);
      case SchedulerEvent.WarningsDue() -> reporter.warningsDue();
      case SchedulerEvent.PodRetry(String uid) -> queue.retry(uid, now);
      case SchedulerEvent.GroupRetry(var shape, long round) -> queue.retry(shape, round);
    }
  }

  private void placed(PlacedPod seen) {
    PlacedPod pod = seen.in(supplies.sites().zoneOf(seen.zone()));
    queue.remove(pod.uid());
    queue.wake(claims.placed(pod.uid(), pod.crowd().namespace(), pod.claims()));
    room.placed(pod);
    var before = population.put(pod.uid(), pod.zone(), pod.crowd(), pod.started());
    queue.wake(supplies.placed(pod));
    boolean isElsewhere =
        before
            .filter(spot -> spot.zone().equals(pod.zone()) && spot.crowd().equals(pod.crowd()))
            .isEmpty();
    if (isElsewhere) {
      queue.wake(came(pod.crowd().namespace()));
      if (before.isPresent()) {
        queue.wake(left(pod.crowd().namespace()));
      }
    }
    if (pod.started() && before.filter(Population.Spot::created).isEmpty()) {
      queue.wake(List.of(new Cure.PodCreated(pod.crowd().namespace())));
    }
  }

  private World world(QuotaShelf quotas, Instant now) {
    return new World(
        supplies.sites().all(),
        supplies.inventory().assortment(),
        quotas,
        population,
        supplies::isTried,
        shape -> claims.judge(shape, now));
  }

  private void decide(PodGroup group, Instant now, Outbox out) {
    if (claims.defers(group, now, out)) {
      return;
    }
    Decision decision =
        decider.decide(group.shape, group.waiting.size(), world(room.quotas(group.shape), now));
    for (Placement placement : decision.placements()) {
      QueuedPod pod = queue.assume(group, placement);
      population.put(pod.uid(), placement.zone(), group.shape.crowd());
      supplies.claim(pod.uid(), placement);
      Map<String, String> labels = supplies.sites().labels(placement.zone());
      Optional<String> held = claims.assume(pod, placement.zone(), labels, now, out);
      if (held.isPresent()) {
        reporter.tellHeld(pod, held.get());
      } else {
        binder.enqueue(pod);
      }
    }
    room.placed(group, decision.placements().size());
    if (!decision.placements().isEmpty()) {
      group.helped(now);
      queue.wake(came(group.shape.namespace()));
    }
    if (decision.rest().isPresent()) {
      park(group, room.makeFor(group, decision.rest().get(), now, out), now, out);
    } else if (group.waiting.isEmpty()) {
      group.allPlaced();
    } else {
      queue.activate(group);
    }
  }

  private void volumeNews(VolumeNews news, Instant now, Outbox out) {
    queue.wake(news.cures);
    news.decidable.forEach(queue::activate);
    news.bindable.forEach(binder::enqueue);
    for (VolumeNews.Returned returned : news.returned) {
      backOff(returned.pod(), returned.atLeast(), now, out);
      out.effect(
          new SchedulerEffect.Announce(
              returned.pod().pod.ref(), true, "FailedScheduling", returned.why()));
    }
  }

  private void park(PodGroup group, Unplaced rest, Instant now, Outbox out) {
    queue.park(group, rest);
    if (group.isTimely(rest, now)) {
      int news = reporter.tell(group, supplies.message(rest), now, out);
      observer.decided(SchedulerObserver.Result.UNSCHEDULABLE, news);
    }
    if (group.timer == 0) {
      group.timer = ++groupTimers;
      Duration pause = config.groupBackoff().after(group.rounds + 1);
      out.timer(now.plus(pause), new SchedulerEvent.GroupRetry(group.shape, group.timer));
    }
  }

  private void sendBinds(Outbox out) {
    for (Optional<QueuedPod> next = binder.next(); next.isPresent(); next = binder.next()) {
      QueuedPod pod = next.get();
      Placement placement = pod.placement.orElseThrow();
      if (supplies.sites().canBind(placement.zone())) {
        binder.sent(pod);
        out.effect(binding(pod.pod, placement));
      } else {
        // The zone or its Node went away while the pod was in line.
        uncount(pod.uid());
        queue.line(pod);
      }
    }
  }

  private void bindAnswered(SchedulerEvent.BindAnswered answer, Instant now, Outbox out) {
    String uid = answer.pod().uid();
    binder.answered(uid);
    Optional<QueuedPod> assumed =
        queue.find(uid).filter(pod -> pod.state == QueuedPod.State.ASSUMED);
    switch (answer.outcome()) {
      case BindOutcome.Bound() -> {
        assumed.ifPresent(queue::bound);
        observer.decided(SchedulerObserver.Result.SCHEDULED, 1);
        out.effect(
            new SchedulerEffect.Announce(
                answer.pod(),
                false,
                "Scheduled",
                "Successfully assigned %s/%s to %s"
                    .formatted(answer.pod().namespace(), answer.pod().name(), answer.zone())));
      }
      case BindOutcome.Gone() -> {
        if (assumed.isPresent()) {
          queue.remove(uid);
          uncount(uid);
        }
      }
      case BindOutcome.Conflict() ->
          assumed.ifPresent(pod -> backOff(pod, Duration.ZERO, now, out));
      case BindOutcome.Failed(String message, Optional<Duration> retryAfter) -> {
        observer.decided(SchedulerObserver.Result.ERROR, 1);
        assumed.ifPresent(
            pod -> {
              Duration pause = backOff(pod, retryAfter.orElse(Duration.ZERO), now, out);
              if (Integer.bitCount(pod.failures) == 1) {
                out.effect(
                    new SchedulerEffect.Announce(
                        answer.pod(),
                        true,
                        "FailedScheduling",
                        "binding to %s failed, next try in %d s: %s"
                            .formatted(answer.zone(), pause.toSeconds(), message)));
              }
            });
      }
    }
  }

  /**
   * Gives back what the pod was assumed to have. Conflicts too come back, should no cache event.
   */
  private Duration backOff(QueuedPod pod, Duration atLeast, Instant now, Outbox out) {
    uncount(pod.uid());
    pod.failures++;
    Duration pause = config.bindBackoff().after(pod.failures);
    if (pause.compareTo(atLeast) < 0) {
      pause = atLeast;
    }
    pod.retryAt = now.plus(pause);
    queue.backOff(pod);
    out.timer(pod.retryAt, new SchedulerEvent.PodRetry(pod.uid()));
    return pause;
  }

  private void uncount(String uid) {
    queue.wake(claims.forget(uid));
    population.remove(uid).ifPresent(spot -> queue.wake(left(spot.crowd().namespace())));
    queue.wake(supplies.release(uid));
  }

  private static List<Cure> came(String namespace) {
    return List.of(new Cure.PodCame(namespace), new Cure.PodCame(Cure.ANYWHERE));
  }

  private static List<Cure> left(String namespace) {
    return List.of(new Cure.PodLeft(namespace), new Cure.PodLeft(Cure.ANYWHERE));
  }

  Inventory inventory() {
    return supplies.inventory();
  }

  Population population() {
    return population;
  }

  /** What was chosen for the pod goes before what the profile adds. */
  private static SchedulerEffect binding(PendingPod pod, Placement placement) {
    Additions additions = pod.additions();
    if (additions.isEmpty()) {
      return new SchedulerEffect.Bind(
          pod.ref(), placement.zone(), Map.of(), placement.annotations());
    }
    var annotations = new HashMap<>(additions.annotations());
    annotations.putAll(placement.annotations());
    return new SchedulerEffect.Bind(pod.ref(), placement.zone(), additions.labels(), annotations);
  }
}
