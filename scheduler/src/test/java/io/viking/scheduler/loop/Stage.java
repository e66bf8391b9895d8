package io.viking.scheduler.loop;

import io.viking.kube.loop.Step;
import io.viking.kube.profile.Additions;
import io.viking.scheduler.decision.GroupDecider;
import io.viking.scheduler.pod.ClaimUse;
import io.viking.scheduler.pod.Crowd;
import io.viking.scheduler.pod.Occupant;
import io.viking.scheduler.pod.Order;
import io.viking.scheduler.pod.PendingPod;
import io.viking.scheduler.pod.PlacedPod;
import io.viking.scheduler.pod.PodRef;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.pod.Refusal;
import io.viking.scheduler.testing.Cloud;
import io.viking.scheduler.volume.ClaimKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** A core in virtual time before a model of the API server, which answers when it is let. */
final class Stage implements SchedulerObserver {
  static final CoreConfig CONFIG =
      new CoreConfig(
          64,
          8,
          new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)),
          new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)),
          new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5)),
          10,
          10);

  /** What the API server knows of a pod. */
  record ModelPod(PodRef ref, PodShape shape, String zone, String condition, long version) {
    ModelPod(PodRef ref, PodShape shape, String zone, String condition) {
      this(ref, shape, zone, condition, 1);
    }

    ModelPod bound(String where) {
      return new ModelPod(ref, shape, where, condition, version + 1);
    }

    ModelPod told(String message) {
      return new ModelPod(ref, shape, zone, message, version + 1);
    }
  }

  final SchedulerCore core;
  final Map<String, ModelPod> pods = new LinkedHashMap<>();
  final Deque<SchedulerEffect> unanswered = new ArrayDeque<>();
  final List<SchedulerEffect.Announce> announced = new ArrayList<>();
  final List<SchedulerEffect.Answer> answers = new ArrayList<>();
  final List<SchedulerEffect.Bind> binds = new ArrayList<>();
  final List<SchedulerEffect.Report> reports = new ArrayList<>();

  /** Writes on claims and volumes. */
  final List<SchedulerEffect> claims = new ArrayList<>();

  final List<SchedulerEffect.Preempt> preemptions = new ArrayList<>();
  final Map<Result, Integer> decided = new TreeMap<>();
  PendingCounts pending = PendingCounts.NONE;
  boolean ready;
  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Map<String, List<String>> zones = new HashMap<>();
  private final PriorityQueue<Step.Timer<SchedulerEvent>> timers =
      new PriorityQueue<>(Comparator.comparing(timer -> timer.at()));
  private int serial;

  Stage() {
    this(CONFIG);
  }

  Stage(CoreConfig config) {
    this(config, GroupDecider.standard());
  }

  Stage(CoreConfig config, GroupDecider decider) {
    core = new SchedulerCore(config, decider, this);
  }

  /** Zones with their nodes and what they sell, nobody there. */
  static Stage of(Cloud cloud) {
    var stage = new Stage();
    stage.open(cloud);
    return stage;
  }

  void open(Cloud cloud) {
    var catalog = cloud.snapshot();
    catalog.zones().keySet().forEach(zone -> feed(new SchedulerEvent.NodeSeen(Cloud.node(zone))));
    feed(
        new SchedulerEvent.PodsListed(),
        new SchedulerEvent.NodesListed(),
        new SchedulerEvent.NamespacesListed(),
        new SchedulerEvent.BudgetsListed(),
        new SchedulerEvent.CatalogChanged(catalog));
  }

  void feed(SchedulerEvent... events) {
    feed(List.of(events));
  }

  void feed(List<SchedulerEvent> events) {
    var step = core.step(events, now);
    timers.addAll(step.timers());
    for (SchedulerEffect effect : step.effects()) {
      switch (effect) {
        case SchedulerEffect.Announce announce -> announced.add(announce);
        case SchedulerEffect.Answer answer -> answers.add(answer);
        case SchedulerEffect.Bind bind -> {
          binds.add(bind);
          zones.put(
              bind.pod().uid(), List.of(bind.annotations().get("viking.io/zones").split(",")));
          unanswered.add(bind);
        }
        case SchedulerEffect.Report report -> {
          reports.add(report);
          unanswered.add(report);
        }
        case SchedulerEffect.SelectNode select -> {
          claims.add(select);
          unanswered.add(select);
        }
        case SchedulerEffect.KeepVolume keep -> {
          claims.add(keep);
          unanswered.add(keep);
        }
        case SchedulerEffect.Preempt preempt -> {
          preemptions.add(preempt);
          unanswered.add(preempt);
        }
      }
    }
  }

  /** Creates pods, tells of them at once, and gives their UIDs. */
  List<String> create(PodShape shape, int count) {
    var events = new ArrayList<SchedulerEvent>();
    var uids = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      String uid = "uid-" + serial;
      var ref = new PodRef(shape.namespace(), "pod-" + serial++, uid);
      pods.put(uid, new ModelPod(ref, shape, "", ""));
      uids.add(uid);
      events.add(waiting(uid));
    }
    feed(events);
    return uids;
  }

  SchedulerEvent waiting(String uid) {
    return new SchedulerEvent.PodWaiting(pending(uid, false));
  }

  PendingPod pending(String uid, boolean gated) {
    ModelPod pod = pods.get(uid);
    return new PendingPod(
        pod.ref(),
        Long.toString(pod.version()),
        pod.shape(),
        now,
        1,
        gated,
        new PendingPod.Told(
            !pod.condition().isEmpty(),
            Optional.of(pod.condition()).filter(text -> !text.isEmpty())),
        Additions.NONE);
  }

  SchedulerEvent placed(String uid, boolean started) {
    ModelPod pod = pods.get(uid);
    return started
        ? new SchedulerEvent.PodPlaced(
            PlacedPod.started(
                uid, pod.zone(), pod.shape().crowd(), claims(pod.shape()), occupant(pod, "1-2Gi")))
        : refused(uid, Refusal.NONE);
  }

  /** The pod has no instance yet, and this is what the cloud said to it. */
  SchedulerEvent refused(String uid, Refusal refusal) {
    ModelPod pod = pods.get(uid);
    PodShape shape = pod.shape();
    var order =
        new Order(
            pod.zone(),
            zones.getOrDefault(uid, List.of(pod.zone())),
            List.of(),
            shape.cloud(),
            shape.requests(),
            shape.ceiling());
    return new SchedulerEvent.PodPlaced(
        new PlacedPod(
            uid,
            pod.zone(),
            false,
            shape.crowd(),
            claims(shape),
            refusal,
            () -> order,
            occupant(pod, "")));
  }

  /** The cloud makes the instances of all pods that have a zone, and the cache shows it. */
  void createInstances() {
    var events = new ArrayList<SchedulerEvent>();
    pods.forEach(
        (uid, pod) -> {
          if (!pod.zone().isEmpty()) {
            events.add(placed(uid, true));
          }
        });
    feed(events);
  }

  private static List<String> claims(PodShape shape) {
    return shape.claims().stream().map(ClaimUse::name).toList();
  }

  /** Its deletion has begun. */
  SchedulerEvent terminating(String uid) {
    ModelPod pod = pods.get(uid);
    Crowd crowd = pod.shape().crowd();
    return new SchedulerEvent.PodPlaced(
        PlacedPod.started(
            uid,
            pod.zone(),
            new Crowd(crowd.workload(), crowd.labels(), true, crowd.ties()),
            claims(pod.shape()),
            occupant(pod, "1-2Gi")));
  }

  /** Made in the order of the UIDs, a second after each other. */
  private static Optional<Occupant> occupant(ModelPod pod, String type) {
    String digits = pod.ref().uid().replaceAll("\\D", "");
    long number = digits.isEmpty() ? 0 : Long.parseLong(digits);
    return Optional.of(
        new Occupant(pod.ref(), pod.shape().priority(), Instant.EPOCH.plusSeconds(number), type));
  }

  void delete(String uid) {
    pods.remove(uid);
    feed(new SchedulerEvent.PodGone(uid));
  }

  /** Lets the API server answer the next call, and the cache show what came of it. */
  void answer() {
    switch (unanswered.remove()) {
      case SchedulerEffect.Bind bind -> answer(bind);
      case SchedulerEffect.Report report -> answer(report);
      case SchedulerEffect.SelectNode select -> written(select.claim());
      case SchedulerEffect.KeepVolume keep -> written(keep.claim());
      case SchedulerEffect.Preempt preempt -> {
        pods.remove(preempt.pod().uid());
        feed(
            new SchedulerEvent.PreemptAnswered(preempt.pod(), true),
            new SchedulerEvent.PodGone(preempt.pod().uid()));
      }
      case SchedulerEffect.Announce announce -> throw new AssertionError(announce);
      case SchedulerEffect.Answer answer -> throw new AssertionError(answer);
    }
  }

  /** Somebody changes a pod in a way that does not matter to us; the cache does not show it yet. */
  void change(String uid) {
    pods.computeIfPresent(uid, (_, pod) -> pod.told(pod.condition()));
  }

  private void answer(SchedulerEffect.Report report) {
    ModelPod pod = pods.get(report.pod().uid());
    if (pod == null) {
      feed(answered(report, ReportOutcome.WRITTEN));
    } else if (report.resourceVersion().equals(Long.toString(pod.version()))) {
      pods.put(pod.ref().uid(), pod.told(report.message()));
      feed(answered(report, ReportOutcome.WRITTEN), waiting(pod.ref().uid()));
    } else {
      feed(answered(report, ReportOutcome.OUTDATED));
    }
  }

  static SchedulerEvent answered(SchedulerEffect.Report report, ReportOutcome outcome) {
    return new SchedulerEvent.ReportAnswered(
        report.pod(), report.resourceVersion(), report.message(), outcome);
  }

  /** Until nothing is left to answer. */
  void settle() {
    while (!unanswered.isEmpty()) {
      answer();
    }
  }

  /** The next call has this outcome, whatever the API server would say. */
  void answerBind(BindOutcome outcome) {
    var bind = (SchedulerEffect.Bind) unanswered.remove();
    feed(new SchedulerEvent.BindAnswered(bind.pod(), bind.zone(), outcome));
  }

  void advance(Duration by) {
    Instant end = now.plus(by);
    while (!timers.isEmpty() && !timers.element().at().isAfter(end)) {
      var timer = timers.remove();
      now = timer.at().isAfter(now) ? timer.at() : now;
      feed(timer.event());
    }
    now = end;
  }

  /** Pods by the zone that the API server has for them; "" for none. */
  Map<String, Integer> zones() {
    var zones = new TreeMap<String, Integer>();
    pods.values().forEach(pod -> zones.merge(pod.zone(), 1, Integer::sum));
    return zones;
  }

  @Override
  public void decided(Result result, int count) {
    decided.merge(result, count, Integer::sum);
  }

  @Override
  public void stepped(PendingCounts counts, boolean nowReady) {
    pending = counts;
    ready = nowReady;
  }

  private void written(ClaimKey claim) {
    feed(new SchedulerEvent.ClaimAnswered(claim, new ClaimOutcome.Written()));
  }

  private void answer(SchedulerEffect.Bind bind) {
    ModelPod pod = pods.get(bind.pod().uid());
    if (pod == null) {
      feed(new SchedulerEvent.BindAnswered(bind.pod(), bind.zone(), new BindOutcome.Gone()));
      return;
    }
    if (!pod.zone().isEmpty()) {
      feed(new SchedulerEvent.BindAnswered(bind.pod(), bind.zone(), new BindOutcome.Conflict()));
      return;
    }
    pods.put(pod.ref().uid(), pod.bound(bind.zone()));
    feed(
        new SchedulerEvent.BindAnswered(bind.pod(), bind.zone(), new BindOutcome.Bound()),
        placed(pod.ref().uid(), false));
  }
}
