package io.viking.syncer.pods.simulation;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.Limits;
import io.viking.cloud.v1.ZoneCandidate;
import io.viking.kube.loop.Step;
import io.viking.syncer.pods.PodCounts;
import io.viking.syncer.pods.PodScope;
import io.viking.syncer.pods.PodsConfig;
import io.viking.syncer.pods.PodsCore;
import io.viking.syncer.pods.PodsEffect;
import io.viking.syncer.pods.PodsEvent;
import io.viking.syncer.pods.PodsObserver;
import io.viking.syncer.pods.lifecycle.ApiAnswer;
import io.viking.syncer.pods.lifecycle.PodObject;
import io.viking.syncer.pods.manifest.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The pods' core between a model of the API server and a model of the cloud, in virtual time. Every
 * message is delayed; requests and answers are lost, late and doubled; the core can be killed
 * between any two steps. All of it as a seed decides.
 */
final class ModelWorld {
  static final String ZONE = "zone-a";
  private static final Duration DEADLINE = PodsConfig.DEFAULT.callDeadline();

  final Random random;
  final Scheduler time = new Scheduler();
  final ModelApi api = new ModelApi(this::podChanged);
  final ModelCloud cloud;
  final Map<String, Integer> statusWrites = new HashMap<>();
  final List<PodsEffect.TellUser> told = new ArrayList<>();
  final List<Integer> createBatches = new ArrayList<>();

  /** UIDs of which a killed process left a create on its way. */
  final Set<String> zombies = new HashSet<>();

  /** UIDs of pods that the core has let go. */
  private final Set<String> letGo = new HashSet<>();

  PodCounts counts = PodCounts.NONE;
  long effects;

  /** Of a hundred calls, so many meet a fault of the network. */
  int faultPercent;

  /** Every create arrives when nobody waits for it any more. */
  boolean createsAreLate;

  /** Whether the watch tells of deletions; otherwise a later list is without the pods. */
  boolean deletionsAreWitnessed = true;

  /** Of a hundred pods, so many are found to miss something at first. */
  int waitingPercent;

  private PodsCore core;
  private int incarnation;
  private final List<PodsEvent> inbox = new ArrayList<>();
  private boolean stepPlanned;
  private boolean followerUp;
  private Instant podsDeliveredAt = Instant.MIN;
  private Instant instancesDeliveredAt = Instant.MIN;

  ModelWorld(long seed) {
    random = new Random(seed);
    cloud = new ModelCloud(random, time::after, this::instanceChanged);
    start();
  }

  void run(Duration duration) {
    time.runUntil(time.now().plus(duration));
  }

  /** kill -9, and a new process. */
  void restart() {
    incarnation++;
    inbox.clear();
    stepPlanned = false;
    start();
  }

  void interruptFollower(Duration pause) {
    if (!followerUp) {
      return;
    }
    followerUp = false;
    deliverInstances(() -> List.of(new PodsEvent.CloudInterrupted()));
    int life = incarnation;
    time.after(
        pause,
        () -> {
          if (life == incarnation) {
            listInstances();
          }
        });
  }

  void approveOrphans() {
    offer(List.of(new PodsEvent.OrphansApproved()));
  }

  private void start() {
    core =
        new PodsCore(
            new PodScope() {
              @Override
              public boolean isZone(String nodeName) {
                return nodeName.equals(ZONE);
              }

              @Override
              public String hostIp(String nodeName) {
                return "192.168.0.1";
              }
            },
            Limits.newBuilder().setInstanceBatchItems(10).build(),
            PodsConfig.DEFAULT,
            new PodsObserver() {
              @Override
              public void counted(PodCounts now) {
                counts = now;
              }
            });
    followerUp = false;
    List<PodsEvent> listed = new ArrayList<>();
    api.list().forEach(pod -> listed.add(new PodsEvent.PodSeen(pod)));
    listed.add(new PodsEvent.PodsSynced());
    deliverPods(() -> listed);
    listInstances();
  }

  private void listInstances() {
    followerUp = true;
    var snapshot = cloud.list();
    deliverInstances(() -> List.of(new PodsEvent.InstancesListed(snapshot)));
  }

  private void podChanged(ModelApi.Change change) {
    deliverPods(
        () ->
            List.of(
                change.deleted()
                    ? new PodsEvent.PodGone(change.pod(), deletionsAreWitnessed)
                    : new PodsEvent.PodSeen(change.pod())));
  }

  private void instanceChanged(ModelCloud.Change change) {
    if (followerUp) {
      deliverInstances(
          () ->
              List.of(
                  change.removed()
                      ? new PodsEvent.InstanceRemoved(change.instance())
                      : new PodsEvent.InstanceChanged(change.instance())));
    }
  }

  /** One source: in order, late. */
  private void deliverPods(Supplier<List<PodsEvent>> events) {
    podsDeliveredAt = later(podsDeliveredAt, time.now().plus(watchDelay()));
    deliver(podsDeliveredAt, events);
  }

  private void deliverInstances(Supplier<List<PodsEvent>> events) {
    instancesDeliveredAt = later(instancesDeliveredAt, time.now().plus(watchDelay()));
    deliver(instancesDeliveredAt, events);
  }

  private void deliver(Instant at, Supplier<List<PodsEvent>> events) {
    int life = incarnation;
    time.at(
        at,
        () -> {
          if (life == incarnation) {
            offer(events.get());
          }
        });
  }

  private Duration watchDelay() {
    return Duration.ofMillis(
        random.nextInt(100) < faultPercent ? random.nextInt(5000) : 1 + random.nextInt(20));
  }

  private void offer(List<PodsEvent> events) {
    inbox.addAll(events);
    if (!stepPlanned) {
      stepPlanned = true;
      int life = incarnation;
      time.after(
          Duration.ofMillis(random.nextInt(5)),
          () -> {
            if (life == incarnation) {
              step();
            }
          });
    }
  }

  private void step() {
    stepPlanned = false;
    List<PodsEvent> events = List.copyOf(inbox);
    inbox.clear();
    api.time(time.now());
    cloud.time(time.now());
    Step<PodsEvent, PodsEffect> step = core.step(events, time.now());
    int life = incarnation;
    for (Step.Timer<PodsEvent> timer : step.timers()) {
      time.at(
          timer.at(),
          () -> {
            if (life == incarnation) {
              offer(List.of(timer.event()));
            }
          });
    }
    step.effects().forEach(this::start);
  }

  private void start(PodsEffect effect) {
    effects++;
    switch (effect) {
      case PodsEffect.TellUser tell -> told.add(tell);
      case PodsEffect.Resolve resolve ->
          call(
              Set.of(),
              () -> new PodsEvent.Resolved(resolve.call(), resolve(resolve.pod())),
              () -> new PodsEvent.Resolved(resolve.call(), new Resolution.Retry("down")));
      case PodsEffect.CreateInstances create -> {
        createBatches.add(create.specs().size());
        Set<String> uids = new HashSet<>();
        create.specs().forEach(spec -> uids.add(spec.getUid()));
        call(
            uids,
            () ->
                new PodsEvent.CreateAnswered(
                    create.call(), create.specs().stream().map(this::create).toList()),
            () ->
                new PodsEvent.CreateAnswered(
                    create.call(),
                    create.specs().stream()
                        .<PodsEvent.CreateOutcome>map(
                            spec -> new PodsEvent.CreateOutcome.Refused(noAnswer()))
                        .toList()));
      }
      case PodsEffect.DeleteInstances delete ->
          call(
              Set.of(),
              () -> {
                delete.instances().forEach(item -> checkDelete(item.getUid()));
                return new PodsEvent.DeleteAnswered(
                    delete.call(), delete.instances().stream().map(cloud::delete).toList());
              },
              () ->
                  new PodsEvent.DeleteAnswered(
                      delete.call(),
                      delete.instances().stream()
                          .<PodsEvent.DeleteOutcome>map(
                              item -> new PodsEvent.DeleteOutcome.Refused(noAnswer()))
                          .toList()));
      case PodsEffect.FindInstances find ->
          call(
              Set.of(),
              () ->
                  new PodsEvent.Found(
                      find.call(),
                      find.uids().stream().flatMap(uid -> cloud.get(uid).stream()).toList()),
              () -> new PodsEvent.FindFailed(find.call(), noAnswer()));
      case PodsEffect.PatchStatus patch ->
          call(
              Set.of(),
              () -> {
                statusWrites.merge(patch.pod().uid(), 1, Integer::sum);
                return new PodsEvent.StatusAnswered(
                    patch.call(), write(() -> api.patchStatus(patch.pod().name(), patch.json())));
              },
              () -> new PodsEvent.StatusAnswered(patch.call(), notDone()));
      case PodsEffect.RemovePod remove ->
          call(
              Set.of(),
              () -> {
                checkRemove(remove.pod().uid());
                letGo.add(remove.pod().uid());
                return new PodsEvent.RemoveAnswered(
                    remove.call(),
                    write(
                        () ->
                            api.delete(
                                remove.pod().name(),
                                Optional.of(remove.pod().uid()),
                                Optional.of(0L))));
              },
              () -> new PodsEvent.RemoveAnswered(remove.call(), notDone()));
      case PodsEffect.EvictPod evict ->
          call(
              Set.of(),
              () ->
                  new PodsEvent.EvictAnswered(
                      evict.call(),
                      write(
                          () ->
                              api.delete(
                                  evict.pod().name(),
                                  Optional.of(evict.pod().uid()),
                                  Optional.empty()))),
              () -> new PodsEvent.EvictAnswered(evict.call(), notDone()));
      case PodsEffect.LookUpPod lookUp ->
          call(
              Set.of(),
              () -> new PodsEvent.LookedUp(lookUp.call(), api.get(lookUp.pod().name())),
              () -> new PodsEvent.LookUpFailed(lookUp.call(), Optional.empty()));
    }
  }

  /**
   * Sends a request and brings its answer, or a failure in the answer's place.
   *
   * @param creates the UIDs that it may make instances for
   */
  private void call(Set<String> creates, Supplier<PodsEvent> request, Supplier<PodsEvent> failure) {
    int life = incarnation;
    Duration there = Duration.ofMillis(1 + random.nextInt(60));
    Duration back = Duration.ofMillis(1 + random.nextInt(60));
    int fault = random.nextInt(100) < faultPercent ? random.nextInt(5) : -1;
    if (createsAreLate && !creates.isEmpty()) {
      fault = 2;
    }
    boolean survivesItsProcess = random.nextBoolean();
    switch (fault) {
      case 0 -> answer(life, DEADLINE, failure.get()); // The request was lost.
      case 1 -> { // The answer was lost.
        time.after(there, () -> send(life, survivesItsProcess, creates, request));
        answer(life, DEADLINE, failure.get());
      }
      case 2 -> { // The request arrives when nobody waits for it any more.
        Duration late = DEADLINE.plusMillis(random.nextInt(60_000));
        time.after(late, () -> send(life, survivesItsProcess, creates, request));
        answer(life, DEADLINE, failure.get());
      }
      default -> {
        int answers = fault == 3 ? 2 : 1;
        if (fault == 4) { // The answer is slow: events overtake it.
          back = Duration.ofMillis(random.nextInt(25_000));
        }
        Duration wait = back;
        time.after(
            there,
            () ->
                send(life, survivesItsProcess, creates, request)
                    .ifPresent(
                        event -> {
                          for (int i = 0; i < answers; i++) {
                            answer(life, wait.multipliedBy(i + 1), event);
                          }
                        }));
      }
    }
  }

  private Optional<PodsEvent> send(
      int life, boolean survives, Set<String> creates, Supplier<PodsEvent> request) {
    if (life != incarnation && !survives) {
      return Optional.empty();
    }
    if (life != incarnation) {
      zombies.addAll(creates);
    }
    api.time(time.now());
    cloud.time(time.now());
    return Optional.of(request.get());
  }

  private void answer(int life, Duration after, PodsEvent event) {
    time.after(
        after,
        () -> {
          if (life == incarnation) {
            offer(List.of(event));
          }
        });
  }

  private Resolution resolve(V1Pod pod) {
    if (random.nextInt(100) < waitingPercent) {
      return new Resolution.Waiting(
          "", "CreateContainerConfigError", "configmap \"settings\" not found");
    }
    var ref = PodObject.ref(pod);
    return new Resolution.Resolved(
        InstanceSpec.newBuilder()
            .setUid(ref.uid())
            .addZones(ZoneCandidate.newBuilder().setZone(ZONE))
            .putTags("namespace", ref.namespace())
            .putTags("name", ref.name())
            .putTags("restartPolicy", pod.getSpec().getRestartPolicy())
            .build(),
        List.of());
  }

  private PodsEvent.CreateOutcome create(InstanceSpec spec) {
    if (spec.getUid().contains("foreign") || spec.getUid().contains("mirror")) {
      throw new AssertionError("an instance was asked for " + spec.getUid());
    }
    PodsEvent.CreateOutcome outcome = cloud.create(spec);
    boolean isMade = outcome instanceof PodsEvent.CreateOutcome.Accepted made && made.created();
    if (isMade && letGo.contains(spec.getUid()) && !zombies.contains(spec.getUid())) {
      throw new AssertionError("an instance is made after its pod was let go: " + spec.getUid());
    }
    return outcome;
  }

  private void checkDelete(String uid) {
    if (api.wantsInstance(uid)) {
      throw new AssertionError("the instance of a pod that wants it is deleted: " + uid);
    }
  }

  private void checkRemove(String uid) {
    if (cloud.get(uid).isPresent() && !zombies.contains(uid)) {
      throw new AssertionError("a pod is let go whose instance exists: " + uid);
    }
  }

  private interface Write {
    void run() throws ModelApi.Refusal;
  }

  private static ApiAnswer write(Write write) {
    try {
      write.run();
      return new ApiAnswer.Done();
    } catch (ModelApi.Refusal refusal) {
      return refusal.code == 409 ? new ApiAnswer.Stale() : new ApiAnswer.OtherObject();
    }
  }

  private static ApiAnswer notDone() {
    return new ApiAnswer.Failed(Optional.empty());
  }

  private static CloudFailure noAnswer() {
    return CloudFailure.of(ErrorReason.ERROR_REASON_UNAVAILABLE, "deadline exceeded");
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
