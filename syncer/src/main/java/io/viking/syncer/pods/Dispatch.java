package io.viking.syncer.pods;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.loop.Step;
import io.viking.syncer.pods.lifecycle.ApiAnswer;
import io.viking.syncer.pods.lifecycle.Moment;
import io.viking.syncer.pods.lifecycle.PodInput;
import io.viking.syncer.pods.lifecycle.PodRef;
import io.viking.syncer.pods.lifecycle.Work;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * Starts the calls that pods want, as far as there is room, and takes their answers back.
 *
 * <p>A call's content is made when it starts, not when it is wanted: what waits for room is always
 * the latest, and what is no longer wanted is never sent.
 */
final class Dispatch {
  /** UIDs in one question to the cloud. */
  private static final int FIND_ITEMS = 100;

  private static final List<Work> KINDS = List.of(Work.values());

  private record Open(Work work, List<String> uids) {}

  private final Fleet fleet;
  private final PodsObserver observer;
  private final BiConsumer<String, PodInput> apply;
  private final CloudBatches batches;
  private final Map<Work, WorkQueue> queues = new EnumMap<>(Work.class);
  private final Map<Long, Open> open = new HashMap<>();
  private long lastCall;

  Dispatch(
      Fleet fleet,
      BatchLimits limits,
      PodsConfig config,
      PodsObserver observer,
      BiConsumer<String, PodInput> apply) {
    this.fleet = fleet;
    this.observer = observer;
    this.apply = apply;
    for (Work work : KINDS) {
      queues.put(work, new WorkQueue(width(work, config)));
    }
    this.batches =
        new CloudBatches(fleet, limits, queue(Work.CREATE), queue(Work.DELETE), observer, apply);
  }

  /** What a pod wants now, all of it. */
  void wants(PodRef pod, Set<Work> wants) {
    for (Work work : KINDS) {
      if (wants.contains(work)) {
        queue(work).want(pod);
      } else {
        queue(work).forget(pod.uid());
      }
    }
  }

  void forget(String uid) {
    KINDS.forEach(work -> queue(work).forget(uid));
  }

  List<PodsEffect> start(Moment moment, List<Step.Timer<PodsEvent>> timers) {
    List<PodsEffect> effects = new ArrayList<>();
    singles(Work.RESOLVE, moment, effects);
    batches.creates(
        moment,
        (uids, specs) ->
            effects.add(new PodsEffect.CreateInstances(open(Work.CREATE, uids), specs)));
    batches.deletes(
        moment,
        (uids, items) ->
            effects.add(new PodsEffect.DeleteInstances(open(Work.DELETE, uids), items)));
    singles(Work.STATUS, moment, effects);
    singles(Work.EVICT, moment, effects);
    singles(Work.REMOVE, moment, effects);
    singles(Work.LOOK_UP, moment, effects);
    finds(effects);
    batches
        .gate(moment.now())
        .ifPresent(at -> timers.add(new Step.Timer<>(at, new PodsEvent.GateOpens())));
    return effects;
  }

  /**
   * Takes an answer. What nobody waits for (it came twice) is ignored.
   *
   * @param lookedUp judges what the API server has under a suspect's name
   */
  void answered(
      PodsEvent.Answer answer,
      Moment moment,
      BiFunction<PodRef, Optional<V1Pod>, PodInput> lookedUp) {
    Open call = open.remove(answer.call());
    if (call == null) {
      return;
    }
    queue(call.work()).ended(call.uids());
    switch (answer) {
      case PodsEvent.Resolved resolved ->
          toEach(call, new PodInput.Resolved(resolved.resolution()));
      case PodsEvent.CreateAnswered created ->
          batches.created(call.uids(), created.outcomes(), moment.now());
      case PodsEvent.DeleteAnswered deleted ->
          batches.deleted(call.uids(), deleted.outcomes(), moment.now());
      case PodsEvent.Found found -> found(call, found);
      case PodsEvent.FindFailed failed -> toEach(call, new PodInput.FindFailed(failed.failure()));
      case PodsEvent.StatusAnswered status -> {
        count(status.answer());
        toEach(call, new PodInput.StatusAnswered(status.answer()));
      }
      case PodsEvent.RemoveAnswered removed ->
          toEach(call, new PodInput.RemoveAnswered(removed.answer()));
      case PodsEvent.EvictAnswered evicted ->
          toEach(call, new PodInput.EvictAnswered(evicted.answer()));
      case PodsEvent.LookedUp looked ->
          call.uids()
              .forEach(
                  uid ->
                      fleet
                          .get(uid)
                          .map(t -> lookedUp.apply(t.machine().facts().ref(), looked.pod()))
                          .ifPresent(input -> apply.accept(uid, input)));
      case PodsEvent.LookUpFailed failed ->
          toEach(call, new PodInput.LookUpFailed(failed.retryAfter()));
    }
  }

  private void toEach(Open call, PodInput input) {
    call.uids().forEach(uid -> apply.accept(uid, input));
  }

  private void found(Open call, PodsEvent.Found found) {
    Set<String> present = new HashSet<>();
    found
        .instances()
        .forEach(
            instance -> {
              present.add(instance.getUid());
              apply.accept(instance.getUid(), new PodInput.Found(Optional.of(instance)));
            });
    call.uids().stream()
        .filter(uid -> !present.contains(uid))
        .forEach(uid -> apply.accept(uid, new PodInput.Found(Optional.empty())));
  }

  private void count(ApiAnswer answer) {
    if (answer instanceof ApiAnswer.OtherObject || answer instanceof ApiAnswer.Stale) {
      observer.patchConflict();
    }
  }

  private void singles(Work work, Moment moment, List<PodsEffect> effects) {
    WorkQueue queue = queue(work);
    while (queue.hasRoom()) {
      String uid = queue.next().orElseThrow();
      fleet
          .get(uid)
          .flatMap(tracked -> single(work, tracked, moment))
          .ifPresent(
              effect -> {
                effects.add(effect);
                apply.accept(uid, new PodInput.Started(work));
              });
    }
  }

  private Optional<PodsEffect> single(Work work, Fleet.Tracked tracked, Moment moment) {
    var facts = tracked.machine().facts();
    PodRef ref = facts.ref();
    List<String> uid = List.of(ref.uid());
    return switch (work) {
      case RESOLVE -> facts.pod().map(pod -> new PodsEffect.Resolve(open(work, uid), pod));
      case STATUS ->
          tracked
              .machine()
              .statusPatch(moment)
              .map(json -> new PodsEffect.PatchStatus(open(work, uid), ref, json));
      case EVICT -> Optional.of(new PodsEffect.EvictPod(open(work, uid), ref));
      case REMOVE -> Optional.of(new PodsEffect.RemovePod(open(work, uid), ref));
      case LOOK_UP -> Optional.of(new PodsEffect.LookUpPod(open(work, uid), ref));
      case CREATE, DELETE, FIND -> Optional.empty();
    };
  }

  private void finds(List<PodsEffect> effects) {
    WorkQueue queue = queue(Work.FIND);
    while (queue.hasRoom()) {
      List<String> uids = new ArrayList<>();
      while (uids.size() < FIND_ITEMS && queue.waiting() > 0) {
        queue.next().ifPresent(uids::add);
      }
      effects.add(new PodsEffect.FindInstances(open(Work.FIND, uids), uids));
    }
  }

  private long open(Work work, List<String> uids) {
    long call = ++lastCall;
    open.put(call, new Open(work, List.copyOf(uids)));
    queue(work).started(uids);
    return call;
  }

  private WorkQueue queue(Work work) {
    return java.util.Objects.requireNonNull(queues.get(work));
  }

  private static int width(Work work, PodsConfig config) {
    return switch (work) {
      case RESOLVE -> config.resolveWidth();
      case CREATE -> config.createWidth();
      case DELETE -> config.deleteWidth();
      case STATUS -> config.statusWidth();
      case EVICT, REMOVE -> config.removeWidth();
      case FIND, LOOK_UP -> config.lookUpWidth();
    };
  }
}
