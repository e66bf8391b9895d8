package io.viking.syncer.pods.simulation;

import com.google.protobuf.Timestamp;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ContainerRunning;
import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.ContainerTerminated;
import io.viking.cloud.v1.ContainerWaiting;
import io.viking.cloud.v1.DeleteInstance;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.syncer.pods.PodsEvent.CreateOutcome;
import io.viking.syncer.pods.PodsEvent.DeleteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** The contract's instances in memory and virtual time: keys, attempts, fences, events. */
final class ModelCloud {
  /** What happened, as a watch tells it. */
  record Change(boolean removed, io.viking.cloud.v1.Instance instance) {}

  interface Timers {
    void after(Duration delay, Runnable action);
  }

  private final Random random;
  private final Timers timers;
  private final Consumer<Change> watch;
  private final Map<String, Instance> instances = new LinkedHashMap<>();
  private final Map<String, Integer> spent = new HashMap<>();
  private final Map<String, Integer> ranAttempts = new HashMap<>();
  private Instant now = Instant.EPOCH;
  private long revision;
  private int serial;

  /** Of a hundred creates, so many find no stock, are throttled, or fail to start. */
  int refusePercent;

  ModelCloud(Random random, Timers timers, Consumer<Change> watch) {
    this.random = random;
    this.timers = timers;
    this.watch = watch;
  }

  void time(Instant time) {
    now = time;
  }

  List<Instance> list() {
    return List.copyOf(instances.values());
  }

  Optional<Instance> get(String uid) {
    return Optional.ofNullable(instances.get(uid));
  }

  /** How many instances of a UID ever ran. */
  int ran(String uid) {
    return ranAttempts.getOrDefault(uid, 0);
  }

  CreateOutcome create(InstanceSpec spec) {
    String uid = spec.getUid();
    Instance present = instances.get(uid);
    if (present != null && !hasEnded(present)) {
      return new CreateOutcome.Accepted(present, false);
    }
    int used = Math.max(spent.getOrDefault(uid, 0), present == null ? 0 : present.getAttempt());
    if (spec.getAttempt() <= used) {
      CloudFailure failure =
          CloudFailure.of(ErrorReason.ERROR_REASON_ATTEMPT_SPENT, "attempt is spent");
      return new CreateOutcome.Refused(
          used == Integer.MAX_VALUE ? failure : failure.with("next_attempt", "" + (used + 1)));
    }
    if (random.nextInt(100) < refusePercent) {
      return new CreateOutcome.Refused(refusal());
    }
    if (present != null) {
      remove(present);
    }
    Instance made =
        Instance.newBuilder()
            .setUid(uid)
            .setAttempt(spec.getAttempt())
            .setInstanceId("model-" + ++serial)
            .setNamespace(spec.getTagsOrThrow("namespace"))
            .setName(spec.getTagsOrThrow("name"))
            .setPhase(InstancePhase.INSTANCE_PHASE_PENDING)
            .setZone(spec.getZones(0).getZone())
            .setCreateTime(timestamp(now))
            .putAllTags(spec.getTagsMap())
            .addContainers(
                ContainerStatus.newBuilder()
                    .setName("main")
                    .setWaiting(ContainerWaiting.newBuilder().setReason("ContainerCreating")))
            .build();
    made = change(made);
    boolean failsToStart = random.nextInt(100) < refusePercent / 2;
    later(
        Duration.ofMillis(200 + random.nextInt(20_000)),
        made,
        failsToStart ? this::failToStart : this::run);
    return new CreateOutcome.Accepted(made, true);
  }

  DeleteOutcome delete(DeleteInstance item) {
    String uid = item.getUid();
    spent.merge(uid, item.getAttempt(), Math::max);
    Instance present = instances.get(uid);
    if (present == null || present.getAttempt() > item.getAttempt()) {
      return new DeleteOutcome.Absent();
    }
    long grace = item.getGracePeriod().getSeconds() * 1000;
    long takes = hasEnded(present) ? 0 : Math.min(grace, random.nextInt(40_000));
    later(
        Duration.ofMillis(takes + random.nextInt(500)),
        present,
        last -> remove(hasEnded(last) ? last : ended(last, 143)));
    return new DeleteOutcome.Accepted();
  }

  /** Somebody deletes the instance in the cloud's own console, or the zone burns down. */
  void vanish(String uid) {
    Instance present = instances.get(uid);
    if (present != null) {
      remove(hasEnded(present) ? present : ended(present, 137));
    }
  }

  private CloudFailure refusal() {
    return switch (random.nextInt(5)) {
      case 0 -> CloudFailure.of(ErrorReason.ERROR_REASON_OUT_OF_STOCK, "sold out");
      case 1 -> CloudFailure.of(ErrorReason.ERROR_REASON_QUOTA_EXCEEDED, "quota");
      case 2 -> CloudFailure.of(ErrorReason.ERROR_REASON_INTERNAL, "oops");
      case 3 ->
          CloudFailure.of(ErrorReason.ERROR_REASON_THROTTLED, "slow down")
              .retryingAfter(Duration.ofMillis(500));
      default -> CloudFailure.of(ErrorReason.ERROR_REASON_INVALID_SPEC, "no such shape");
    };
  }

  private void run(Instance instance) {
    ranAttempts.merge(instance.getUid(), 1, Integer::sum);
    Instance running =
        change(
            instance.toBuilder()
                .setPhase(InstancePhase.INSTANCE_PHASE_RUNNING)
                .setStartTime(timestamp(now))
                .addAddresses("10.1.0." + serial % 250)
                .setContainers(
                    0,
                    ContainerStatus.newBuilder()
                        .setName("main")
                        .setStarted(true)
                        .setReady(true)
                        .setRunning(ContainerRunning.newBuilder().setStartTime(timestamp(now))))
                .build());
    if (!instance.getTagsOrDefault("restartPolicy", "Always").equals("Always")) {
      int exitCode = random.nextInt(4) == 0 ? 1 : 0;
      later(Duration.ofSeconds(1 + random.nextInt(60)), running, i -> change(ended(i, exitCode)));
    }
  }

  private void failToStart(Instance instance) {
    change(
        instance.toBuilder()
            .setPhase(InstancePhase.INSTANCE_PHASE_FAILED)
            .setReason("StartFailed")
            .setEndTime(timestamp(now))
            .build());
  }

  private Instance ended(Instance instance, int exitCode) {
    var ended =
        instance.toBuilder()
            .setPhase(
                exitCode == 0
                    ? InstancePhase.INSTANCE_PHASE_SUCCEEDED
                    : InstancePhase.INSTANCE_PHASE_FAILED)
            .setEndTime(timestamp(now));
    if (instance.hasStartTime()) {
      ended.setContainers(
          0,
          ContainerStatus.newBuilder()
              .setName("main")
              .setTerminated(
                  ContainerTerminated.newBuilder()
                      .setExitCode(exitCode)
                      .setReason(exitCode == 0 ? "Completed" : "Error")
                      .setStartTime(instance.getStartTime())
                      .setEndTime(timestamp(now))));
    }
    return ended.build();
  }

  /** Does something to an instance later, if it is still there and has not moved on. */
  private void later(Duration delay, Instance then, Consumer<Instance> action) {
    timers.after(
        delay,
        () -> {
          Instance present = instances.get(then.getUid());
          boolean isSame = present != null && present.getAttempt() == then.getAttempt();
          if (isSame && (hasEnded(then) || !hasEnded(present) || isStop(then, present))) {
            action.accept(present);
          }
        });
  }

  private static boolean isStop(Instance then, Instance present) {
    // A stop is asked of what runs, and finds it ended by itself: it is removed all the same.
    return !hasEnded(then) && hasEnded(present);
  }

  private Instance change(Instance changed) {
    Instance stored = changed.toBuilder().setRevision(++revision).build();
    instances.put(stored.getUid(), stored);
    watch.accept(new Change(false, stored));
    return stored;
  }

  private void remove(Instance last) {
    instances.remove(last.getUid());
    spent.merge(last.getUid(), last.getAttempt(), Math::max);
    watch.accept(new Change(true, last.toBuilder().setRevision(++revision).build()));
  }

  static boolean hasEnded(Instance instance) {
    return instance.getPhase() == InstancePhase.INSTANCE_PHASE_SUCCEEDED
        || instance.getPhase() == InstancePhase.INSTANCE_PHASE_FAILED;
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder().setSeconds(time.getEpochSecond()).build();
  }

  List<String> uids() {
    return new ArrayList<>(instances.keySet());
  }
}
