package io.viking.syncer.pods;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.DeleteInstance;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.syncer.pods.creation.CreatePace;
import io.viking.syncer.pods.lifecycle.CloudSide;
import io.viking.syncer.pods.lifecycle.Moment;
import io.viking.syncer.pods.lifecycle.PodInput;
import io.viking.syncer.pods.lifecycle.PodMachine;
import io.viking.syncer.pods.lifecycle.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Creates and deletes: gathered into calls that keep within the adapter's limits, at the pace that
 * the cloud's throttling allows.
 *
 * <p>There is no timer that gathers: the first item goes at once, what comes while calls are under
 * way makes the next batch. So batches grow with load, and an idle system does not wait.
 */
final class CloudBatches {
  private static final Duration UNSAID_PAUSE = Duration.ofSeconds(1);

  private final Fleet fleet;
  private final BatchLimits limits;
  private final WorkQueue creates;
  private final WorkQueue deletes;
  private final PodsObserver observer;
  private final BiConsumer<String, PodInput> apply;
  private final CreatePace createPace = new CreatePace(UNSAID_PAUSE);
  private final CreatePace deletePace = new CreatePace(UNSAID_PAUSE);
  private Instant gateTimer = Instant.MIN;

  CloudBatches(
      Fleet fleet,
      BatchLimits limits,
      WorkQueue creates,
      WorkQueue deletes,
      PodsObserver observer,
      BiConsumer<String, PodInput> apply) {
    this.fleet = fleet;
    this.limits = limits;
    this.creates = creates;
    this.deletes = deletes;
    this.observer = observer;
    this.apply = apply;
  }

  void creates(Moment moment, BiConsumer<List<String>, List<InstanceSpec>> call) {
    Instant now = moment.now();
    while (creates.hasRoom() && createPace.allowance(now) > 0) {
      List<String> uids = new ArrayList<>();
      List<InstanceSpec> specs = new ArrayList<>();
      int most = Math.min(limits.items(), createPace.allowance(now));
      int room = limits.bytes();
      while (uids.size() < most && creates.waiting() > 0) {
        String uid = creates.next().orElseThrow();
        Optional<PodMachine> machine = fleet.get(uid).map(Fleet.Tracked::machine);
        Optional<InstanceSpec> wanted = machine.flatMap(PodMachine::createCall);
        if (wanted.isEmpty()) {
          continue;
        }
        InstanceSpec spec = wanted.get();
        int size = BatchLimits.sizeOf(spec);
        if (size > limits.bytes()) {
          apply.accept(uid, new PodInput.CreateFailed(tooLarge(size)));
          continue;
        }
        if (size > room) {
          creates.putBack(machine.get().facts().ref());
          break;
        }
        room -= size;
        uids.add(uid);
        specs.add(spec);
      }
      if (!uids.isEmpty()) {
        call.accept(uids, specs);
        uids.forEach(uid -> apply.accept(uid, new PodInput.Started(Work.CREATE)));
      }
    }
  }

  void deletes(Moment moment, BiConsumer<List<String>, List<DeleteInstance>> call) {
    Instant now = moment.now();
    while (deletes.hasRoom() && deletePace.allowance(now) > 0) {
      List<String> uids = new ArrayList<>();
      List<DeleteInstance> items = new ArrayList<>();
      int most = Math.min(limits.items(), deletePace.allowance(now));
      while (uids.size() < most && deletes.waiting() > 0) {
        String uid = deletes.next().orElseThrow();
        fleet
            .get(uid)
            .ifPresent(
                tracked -> {
                  uids.add(uid);
                  items.add(delete(uid, tracked.machine().stopGrace(now)));
                });
      }
      if (!uids.isEmpty()) {
        call.accept(uids, items);
        uids.forEach(uid -> apply.accept(uid, new PodInput.Started(Work.DELETE)));
      }
    }
  }

  void created(List<String> uids, List<PodsEvent.CreateOutcome> outcomes, Instant now) {
    pace(
        createPace,
        uids.size(),
        outcomes.stream()
            .flatMap(
                outcome ->
                    outcome instanceof PodsEvent.CreateOutcome.Refused(CloudFailure failure)
                        ? Stream.of(failure)
                        : Stream.empty())
            .toList(),
        now);
    for (int i = 0; i < uids.size(); i++) {
      apply.accept(
          uids.get(i),
          switch (i < outcomes.size() ? outcomes.get(i) : noOutcome()) {
            case PodsEvent.CreateOutcome.Accepted accepted ->
                new PodInput.Created(accepted.instance(), accepted.created());
            case PodsEvent.CreateOutcome.Refused refused ->
                new PodInput.CreateFailed(refused.failure());
          });
    }
  }

  void deleted(List<String> uids, List<PodsEvent.DeleteOutcome> outcomes, Instant now) {
    pace(
        deletePace,
        uids.size(),
        outcomes.stream()
            .flatMap(
                outcome ->
                    outcome instanceof PodsEvent.DeleteOutcome.Refused(CloudFailure failure)
                        ? Stream.of(failure)
                        : Stream.empty())
            .toList(),
        now);
    for (int i = 0; i < uids.size(); i++) {
      apply.accept(
          uids.get(i),
          switch (i < outcomes.size()
              ? outcomes.get(i)
              : new PodsEvent.DeleteOutcome.Refused(missing())) {
            case PodsEvent.DeleteOutcome.Accepted _ -> new PodInput.DeleteAccepted();
            case PodsEvent.DeleteOutcome.Absent _ -> new PodInput.DeleteAbsent();
            case PodsEvent.DeleteOutcome.Refused(CloudFailure failure) ->
                new PodInput.DeleteFailed(failure);
          });
    }
  }

  /** When to look again because a closed gate opens; each opening is told once. */
  Optional<Instant> gate(Instant now) {
    Optional<Instant> next =
        Stream.of(
                creates.waiting() > 0 ? createPace.opensAt(now) : Optional.<Instant>empty(),
                deletes.waiting() > 0 ? deletePace.opensAt(now) : Optional.<Instant>empty())
            .flatMap(Optional::stream)
            .min(Instant::compareTo)
            .filter(at -> !at.equals(gateTimer));
    next.ifPresent(at -> gateTimer = at);
    return next;
  }

  private void pace(CreatePace pace, int items, List<CloudFailure> failures, Instant now) {
    failures.forEach(failure -> observer.cloudRetry(failure.reason()));
    List<CloudFailure> throttled =
        failures.stream().filter(f -> f.reason() == ErrorReason.ERROR_REASON_THROTTLED).toList();
    if (throttled.isEmpty()) {
      pace.taken(items);
    } else {
      pace.throttled(
          items - throttled.size(),
          throttled.stream()
              .map(CloudFailure::retryAfter)
              .flatMap(Optional::stream)
              .min(Duration::compareTo),
          now);
    }
  }

  private static DeleteInstance delete(String uid, Duration grace) {
    return DeleteInstance.newBuilder()
        .setUid(uid)
        .setAttempt(CloudSide.FOR_EVER)
        .setGracePeriod(
            com.google.protobuf.Duration.newBuilder()
                .setSeconds(grace.getSeconds())
                .setNanos(grace.getNano()))
        .build();
  }

  private CloudFailure tooLarge(int size) {
    return CloudFailure.of(
        ErrorReason.ERROR_REASON_INVALID_SPEC,
        "the pod with its files is "
            + size
            + " bytes large and the cloud takes at most "
            + limits.bytes()
            + ": mount less, or keep large data in a volume of another kind");
  }

  private static PodsEvent.CreateOutcome noOutcome() {
    return new PodsEvent.CreateOutcome.Refused(missing());
  }

  private static CloudFailure missing() {
    return CloudFailure.of(
        ErrorReason.ERROR_REASON_INTERNAL, "the adapter gave fewer results than it got items");
  }
}
