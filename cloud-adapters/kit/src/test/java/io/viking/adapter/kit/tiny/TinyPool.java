package io.viking.adapter.kit.tiny;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.kit.stream.InstanceChanges;
import io.viking.adapter.kit.stream.Page;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.CreateInstanceResult;
import io.viking.cloud.v1.DeleteInstance;
import io.viking.cloud.v1.DeleteInstanceResult;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.FileVolume;
import io.viking.cloud.v1.GetAccountResponse;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.ListInstancesRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The instances. Every method holds the one lock, so calls on a key take effect in their order;
 * what takes time (starting, ending) is a timer that comes back.
 *
 * <p>The methods that are not private are where the broken adapters of the tests differ.
 */
class TinyPool {
  private static final Duration STEP = Duration.ofMillis(10);

  /** One pod of one cluster: the contract's key. */
  record Key(String clusterId, String uid) {}

  private final ScheduledExecutorService timers;
  private final InstanceChanges changes;
  private final Map<Key, TinyInstance> instances = new HashMap<>();
  private final Map<Key, Integer> spent = new HashMap<>();
  private final Map<String, Integer> bought = new HashMap<>();
  private long revision;

  TinyPool(ScheduledExecutorService timers, Executor executor, long revision) {
    this.timers = timers;
    this.revision = revision;
    this.changes = new InstanceChanges(1000, revision, executor);
  }

  InstanceChanges changes() {
    return changes;
  }

  synchronized CreateInstanceResult create(String clusterId, TinyOrder order, TinyCatalog catalog) {
    Key key = new Key(clusterId, order.spec().getUid());
    Optional<TinyInstance> living = living(key);
    if (living.isPresent()) {
      return result(key, living.get(), false);
    }
    refuseSpent(key, order.spec().getAttempt());
    String zone = zoneInStock(order, catalog);
    Optional.ofNullable(instances.remove(key)).ifPresent(this::tellDeleted);
    TinyInstance instance = TinyInstance.accepted(clusterId, order, zone, now());
    instances.put(key, instance);
    bought.merge(clusterId, 1, Integer::sum);
    tellChanged(instance);
    after(STEP, () -> start(key, instance));
    return result(key, instance, true);
  }

  synchronized DeleteInstanceResult delete(String clusterId, DeleteInstance delete) {
    Key key = new Key(clusterId, delete.getUid());
    fence(key, delete.getAttempt());
    TinyInstance instance = instances.get(key);
    boolean absent = instance == null || instance.attempt() > delete.getAttempt();
    if (instance != null && !absent) {
      instance.state().setStopTime(now());
      tellChanged(instance);
      Duration grace =
          Duration.ofSeconds(
              delete.getGracePeriod().getSeconds(), delete.getGracePeriod().getNanos());
      after(instance.living() ? grace : Duration.ZERO, () -> remove(key, instance));
    }
    return DeleteInstanceResult.newBuilder().setUid(delete.getUid()).setAbsent(absent).build();
  }

  synchronized Page<Instance> list(ListInstancesRequest request) {
    NavigableMap<String, Instance> found = new TreeMap<>();
    instances.forEach(
        (key, instance) -> {
          if (visible(key, request.getClusterId())
              && (request.getUidsCount() == 0 || request.getUidsList().contains(key.uid()))) {
            found.put(key.uid(), instance.snapshot());
          }
        });
    return Page.of(found, revision, request.getPageSize(), request.getPageToken());
  }

  synchronized Optional<TinyInstance> find(String clusterId, String uid) {
    return Optional.ofNullable(instances.get(new Key(clusterId, uid)));
  }

  synchronized boolean update(String clusterId, String uid, Iterable<FileVolume> volumes) {
    Optional<TinyInstance> living = living(new Key(clusterId, uid));
    living.ifPresent(instance -> volumes.forEach(instance::mount));
    return living.isPresent();
  }

  synchronized Optional<ByteString> file(String clusterId, String uid, String volume, String path) {
    return living(new Key(clusterId, uid)).flatMap(instance -> instance.file(volume, path));
  }

  synchronized GetAccountResponse account(String clusterId) {
    return GetAccountResponse.newBuilder()
        .setNow(now())
        .setCurrency(TinyCatalog.PRICE.getCurrency())
        .setCreatedInstances(bought.getOrDefault(clusterId, 0))
        .setLiveInstances(
            instances.entrySet().stream()
                .filter(entry -> entry.getKey().clusterId().equals(clusterId))
                .filter(entry -> entry.getValue().living())
                .count())
        .build();
  }

  Optional<TinyInstance> living(Key key) {
    return Optional.ofNullable(instances.get(key)).filter(TinyInstance::living);
  }

  void fence(Key key, int attempt) {
    spent.merge(key, attempt, Math::max);
  }

  boolean visible(Key key, String clusterId) {
    return key.clusterId().equals(clusterId);
  }

  void tellDeleted(TinyInstance instance) {
    instance.state().setRevision(++revision);
    changes.deleted(instance.snapshot());
  }

  final void tellChanged(TinyInstance instance) {
    instance.state().setRevision(++revision);
    changes.changed(instance.snapshot());
  }

  private void refuseSpent(Key key, int attempt) {
    int highest = spent.getOrDefault(key, 0);
    if (attempt > highest) {
      return;
    }
    CloudFailure failure =
        CloudFailure.of(
            ErrorReason.ERROR_REASON_ATTEMPT_SPENT,
            "Attempt %d of %s has ended or was deleted.".formatted(attempt, key.uid()));
    throw Failures.exception(
        highest == Integer.MAX_VALUE
            ? failure
            : failure.with("next_attempt", Integer.toString(highest + 1)));
  }

  private static String zoneInStock(TinyOrder order, TinyCatalog catalog) {
    var candidates = order.spec().getZonesList().stream().map(zone -> zone.getZone()).toList();
    return candidates.stream()
        .filter(catalog::sells)
        .findFirst()
        .orElseThrow(
            () ->
                Failures.exception(
                    CloudFailure.of(
                            ErrorReason.ERROR_REASON_OUT_OF_STOCK,
                            "No candidate zone has %s.".formatted(order.type().getName()))
                        .with("zones", String.join(",", candidates))));
  }

  private synchronized void start(Key key, TinyInstance instance) {
    if (instances.get(key) == instance && instance.living()) {
      instance.start(now());
      tellChanged(instance);
      instance.exitCode().ifPresent(code -> after(STEP, () -> exit(key, instance, code)));
    }
  }

  private synchronized void exit(Key key, TinyInstance instance, int code) {
    if (instances.get(key) == instance && instance.living()) {
      end(key, instance, code);
      tellChanged(instance);
    }
  }

  private synchronized void remove(Key key, TinyInstance instance) {
    if (instances.remove(key, instance)) {
      if (instance.living()) {
        end(key, instance, 137);
      }
      tellDeleted(instance);
    }
  }

  private void end(Key key, TinyInstance instance, int code) {
    instance.end(
        now(),
        code,
        code == 0 ? InstancePhase.INSTANCE_PHASE_SUCCEEDED : InstancePhase.INSTANCE_PHASE_FAILED);
    fence(key, instance.attempt());
  }

  private static CreateInstanceResult result(Key key, TinyInstance instance, boolean created) {
    return CreateInstanceResult.newBuilder()
        .setUid(key.uid())
        .setInstance(instance.snapshot())
        .setCreated(created)
        .build();
  }

  private void after(Duration delay, Runnable step) {
    timers.schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static com.google.protobuf.Timestamp now() {
    return Timestamps.fromMillis(System.currentTimeMillis());
  }
}
