package io.viking.syncer.pods;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.Limits;
import io.viking.kube.loop.LoopCore;
import io.viking.kube.loop.Step;
import io.viking.syncer.pods.lifecycle.Moment;
import io.viking.syncer.pods.lifecycle.PodInput;
import io.viking.syncer.pods.lifecycle.PodMachine;
import io.viking.syncer.pods.lifecycle.PodObject;
import io.viking.syncer.pods.lifecycle.PodRef;
import io.viking.syncer.pods.lifecycle.PodState;
import io.viking.syncer.pods.lifecycle.Tell;
import io.viking.syncer.pods.lifecycle.World;
import io.viking.syncer.pods.orphans.OrphanGuard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every pod's instance, every instance's pod.
 *
 * <p>Routes what comes to the machine of its UID, and starts the calls that machines want as far as
 * lanes, batches and the cloud's pace have room. Nothing is decided before both worlds are known
 * (all pods, all instances), so a new process takes over where the last one was killed.
 */
public final class PodsCore implements LoopCore<PodsEvent, PodsEffect> {
  private final PodScope scope;
  private final PodsConfig config;
  private final PodsObserver observer;
  private final Fleet fleet = new Fleet();
  private final Dispatch dispatch;
  private final OrphanGuard guard;

  private boolean podsKnown;
  private boolean instancesKnown;
  private boolean cloudUp;
  private long resyncs;
  private Instant now = Instant.MIN;

  // Of the step that is being made.
  private List<PodsEffect> effects = new ArrayList<>();
  private List<Step.Timer<PodsEvent>> timers = new ArrayList<>();

  /**
   * @param limits the adapter's, from GetInfo
   */
  public PodsCore(PodScope scope, Limits limits, PodsConfig config, PodsObserver observer) {
    this.scope = scope;
    this.config = config;
    this.observer = observer;
    this.guard = new OrphanGuard(config.fewOrphans());
    this.dispatch = new Dispatch(fleet, BatchLimits.of(limits), config, observer, this::apply);
  }

  @Override
  public Step<PodsEvent, PodsEffect> step(List<PodsEvent> events, Instant time) {
    effects = new ArrayList<>();
    timers = new ArrayList<>();
    if (resyncs == 0) {
      armResync(time);
    }
    now = time;
    events.forEach(this::hear);
    boolean holds = releaseOrphans();
    effects.addAll(dispatch.start(moment(), timers));
    observer.counted(
        new PodCounts(
            world().known(),
            fleet.byState(),
            fleet.instanceCount(),
            holds ? fleet.suspectCount() : 0));
    return new Step<>(effects, timers);
  }

  private void hear(PodsEvent event) {
    switch (event) {
      case PodsEvent.PodSeen(V1Pod pod) -> podSeen(pod);
      case PodsEvent.PodGone(V1Pod pod, boolean witnessed) -> {
        String uid = PodObject.ref(pod).uid();
        if (fleet.get(uid).isPresent()) {
          apply(uid, new PodInput.PodGone(witnessed));
        }
      }
      case PodsEvent.PodsSynced() -> {
        podsKnown = true;
        toAll(new PodInput.Tick());
      }
      case PodsEvent.InstancesListed(List<Instance> instances) -> listed(instances);
      case PodsEvent.InstanceChanged(Instance instance) -> {
        track(PodRef.of(instance));
        apply(instance.getUid(), new PodInput.InstanceSeen(instance));
      }
      case PodsEvent.InstanceRemoved(Instance last) -> {
        if (fleet.get(last.getUid()).isPresent()) {
          apply(last.getUid(), new PodInput.InstanceRemoved(last));
        }
      }
      case PodsEvent.CloudInterrupted() -> {
        cloudUp = false;
        toAll(new PodInput.Tick());
      }
      case PodsEvent.OrphansApproved() ->
          fleet.suspects().forEach(uid -> apply(uid, new PodInput.Approved()));
      case PodsEvent.ReferencesChanged(List<String> uids) ->
          uids.forEach(uid -> apply(uid, new PodInput.ReferenceChanged()));
      case PodsEvent.Wake(String uid) -> wake(uid);
      case PodsEvent.GateOpens() -> {}
      case PodsEvent.Resync() -> {
        armResync(now);
        toAll(new PodInput.Resync());
      }
      case PodsEvent.Answer answer -> dispatch.answered(answer, moment(), this::lookedUp);
    }
  }

  private void podSeen(V1Pod pod) {
    PodRef ref = PodObject.ref(pod);
    boolean ours = scope.isZone(PodObject.nodeName(pod));
    if (ours && !PodObject.isMirror(pod)) {
      track(ref);
    }
    if (fleet.get(ref.uid()).isPresent()) {
      apply(ref.uid(), seen(pod, ours));
    }
  }

  private PodInput seen(V1Pod pod, boolean ours) {
    return new PodInput.PodSeen(pod, ours, scope.hostIp(PodObject.nodeName(pod)));
  }

  private void listed(List<Instance> instances) {
    Set<String> present = new HashSet<>();
    instancesKnown = true;
    cloudUp = true;
    for (Instance instance : instances) {
      present.add(instance.getUid());
      track(PodRef.of(instance));
      apply(instance.getUid(), new PodInput.InstanceSeen(instance));
    }
    for (String uid : fleet.uids()) {
      if (!present.contains(uid)) {
        apply(uid, new PodInput.InstanceUnlisted());
      }
    }
  }

  /** What the API server itself says of a suspect's name. */
  private PodInput lookedUp(PodRef suspect, Optional<V1Pod> found) {
    return found
        .filter(pod -> PodObject.ref(pod).uid().equals(suspect.uid()))
        .map(pod -> seen(pod, scope.isZone(PodObject.nodeName(pod))))
        .orElseGet(PodInput.LookedUpAbsent::new);
  }

  private void wake(String uid) {
    fleet
        .get(uid)
        .ifPresent(
            tracked -> {
              tracked.wakeAt = tracked.wakeAt.filter(at -> at.isAfter(now));
              apply(uid, new PodInput.Tick());
            });
  }

  private void toAll(PodInput input) {
    fleet.uids().forEach(uid -> apply(uid, input));
  }

  private void track(PodRef ref) {
    if (fleet.get(ref.uid()).isEmpty()) {
      fleet.add(PodMachine.of(ref));
    }
  }

  /** Steps one machine and keeps everything that hangs on it up to date. */
  private void apply(String uid, PodInput input) {
    Fleet.Tracked tracked = fleet.get(uid).orElse(null);
    if (tracked == null) {
      return;
    }
    if (input instanceof PodInput.CreateFailed(CloudFailure failure)) {
      tracked.heldUpBy = Optional.of(failure.reason());
    }
    PodMachine before = tracked.machine();
    PodMachine.Transition transition = before.on(input, moment());
    PodMachine after = transition.next();
    fleet.replace(tracked, after);
    for (Tell tell : transition.tells()) {
      effects.add(new PodsEffect.TellUser(after.facts().ref(), tell));
    }
    observe(tracked, before, after);
    if (after.state() instanceof PodState.Gone) {
      fleet.remove(uid);
      dispatch.forget(uid);
      return;
    }
    dispatch.wants(after.facts().ref(), after.wants(moment()));
    after.wakeAt(moment()).ifPresent(at -> arm(uid, tracked, at));
  }

  private void arm(String uid, Fleet.Tracked tracked, Instant at) {
    if (tracked.wakeAt.filter(armed -> !armed.isAfter(at)).isEmpty()) {
      tracked.wakeAt = Optional.of(at);
      timers.add(new Step.Timer<>(at, new PodsEvent.Wake(uid)));
    }
  }

  private void observe(Fleet.Tracked tracked, PodMachine before, PodMachine after) {
    if (after.isSuspect() && !before.isSuspect()) {
      observer.orphanFound();
    }
    if (before.isConfirmedOrphan() && after.state() instanceof PodState.Stopping) {
      observer.orphanDeleted();
    }
    if (isRunning(after) && !isRunning(before)) {
      tracked.wantedAt.ifPresent(
          at -> observer.instanceStarted(Duration.between(at, now), tracked.heldUpBy));
      tracked.wantedAt = Optional.empty();
      tracked.heldUpBy = Optional.empty();
    }
    if (before.state() instanceof PodState.Bound
        && !(after.state() instanceof PodState.Bound)
        && !after.hasInstance()) {
      tracked.wantedAt = Optional.of(now);
    }
  }

  private static boolean isRunning(PodMachine machine) {
    return machine
        .facts()
        .cloud()
        .instance()
        .filter(i -> i.getPhase() == InstancePhase.INSTANCE_PHASE_RUNNING)
        .isPresent();
  }

  /**
   * Lets confirmed orphans go, after all that this step brought has been counted.
   *
   * @return whether they are held
   */
  private boolean releaseOrphans() {
    boolean holds = guard.holds(fleet.suspectCount(), fleet.livingCount());
    if (!holds && world().known() && cloudUp) {
      for (String uid : fleet.suspects()) {
        apply(uid, new PodInput.Released());
      }
    }
    return holds;
  }

  private void armResync(Instant from) {
    long spread = Math.floorMod(7919 * resyncs, 256L);
    resyncs++;
    Duration pause = config.resync().plus(config.resync().multipliedBy(spread).dividedBy(1024));
    timers.add(new Step.Timer<>(from.plus(pause), new PodsEvent.Resync()));
  }

  private World world() {
    return new World(podsKnown && instancesKnown, cloudUp);
  }

  private Moment moment() {
    return new Moment(now, world(), config.timings());
  }
}
