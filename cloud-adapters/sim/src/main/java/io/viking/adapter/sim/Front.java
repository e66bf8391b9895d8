package io.viking.adapter.sim;

import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.sim.faults.FaultPlan;
import io.viking.adapter.sim.faults.FaultPlan.Fate;
import io.viking.adapter.sim.limits.TokenBucket;
import io.viking.adapter.sim.profile.FaultRule.Operation;
import io.viking.adapter.sim.profile.RateLimit;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.state.Order;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.CallCount;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What a call meets before and after the cloud itself: rate limits per call, faults, and the books
 * about calls. Any thread.
 */
final class Front {
  private final FaultPlan faults;
  private final InstantSource clock;
  private final Executor executor;
  private final MeterRegistry meters;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Operation, TokenBucket> buckets = new EnumMap<>(Operation.class);
  private final Map<String, Counts> counts = new ConcurrentHashMap<>();

  Front(
      SimProfile profile,
      FaultPlan faults,
      InstantSource clock,
      Executor executor,
      MeterRegistry meters) {
    this.faults = faults;
    this.clock = clock;
    this.executor = executor;
    this.meters = meters;
    limit(Operation.LIST, profile.rates().list());
    limit(Operation.LOGS, profile.rates().logs());
    limit(Operation.LIST_LOAD_BALANCERS, profile.network().loadBalancers().reads());
    limit(Operation.LIST_RECORDS, profile.network().dns().reads());
  }

  private void limit(Operation operation, RateLimit limit) {
    buckets.put(operation, new TokenBucket(limit, clock.millis()));
  }

  /** One answer to one request, with whatever a fault makes of it. */
  <R> void unary(Operation operation, String method, StreamObserver<R> caller, Supplier<R> body) {
    FaultPlan.Decision decision = enter(operation, method);
    Runnable work =
        () -> {
          R answer = guarded(method, () -> checked(decision.fate(), body));
          caller.onNext(answer);
          caller.onCompleted();
        };
    if (decision.latency().isZero()) {
      work.run();
    } else {
      executor.execute(() -> later(decision.latency(), work, caller));
    }
  }

  /** The beginning of a stream: a fault ends it before anything comes. */
  void stream(Operation operation, String method, Runnable body) {
    boolean begun =
        conversation(
            operation,
            method,
            () -> {
              body.run();
              return true;
            });
    assert begun;
  }

  /** The beginning of streams both ways. */
  <T> T conversation(Operation operation, String method, Supplier<T> body) {
    FaultPlan.Decision decision = enter(operation, method);
    return guarded(method, () -> checked(decision.fate(), body));
  }

  /** The order as faults let it through. */
  Order stocked(Order order) {
    lock.lock();
    try {
      return faults.stocked(order, clock.instant());
    } finally {
      lock.unlock();
    }
  }

  /** An item of a batch that failed, as it is told. */
  Failure item(String method, CloudFailure failure) {
    counts(method).failed(failure.reason());
    return Failures.item(failure);
  }

  Map<String, CallCount> calls() {
    Map<String, CallCount> calls = new TreeMap<>();
    counts.forEach((method, count) -> calls.put(method, count.read()));
    return calls;
  }

  private FaultPlan.Decision enter(Operation operation, String method) {
    Counts count = counts(method);
    count.received.increment();
    Instant now = clock.instant();
    lock.lock();
    try {
      Optional<Duration> wait =
          Optional.ofNullable(buckets.get(operation))
              .flatMap(bucket -> bucket.take(now.toEpochMilli()));
      if (wait.isPresent()) {
        count.failed(ErrorReason.ERROR_REASON_THROTTLED);
        throw Failures.exception(throttled().retryingAfter(wait.get()));
      }
      return faults.decide(operation, now);
    } finally {
      lock.unlock();
    }
  }

  private static <R> R checked(Fate fate, Supplier<R> body) {
    switch (fate) {
      case THROTTLED -> throw Failures.exception(throttled().retryingAfter(Duration.ofSeconds(1)));
      case UNAVAILABLE ->
          throw Failures.exception(
              ErrorReason.ERROR_REASON_UNAVAILABLE,
              "a fault on request: the cloud is out of reach");
      case GOES_WELL, ANSWER_LOST -> {}
    }
    R answer = body.get();
    if (fate == Fate.ANSWER_LOST) {
      throw Failures.exception(
          ErrorReason.ERROR_REASON_UNAVAILABLE, "a fault on request: the answer was lost");
    }
    return answer;
  }

  private static CloudFailure throttled() {
    return CloudFailure.of(
        ErrorReason.ERROR_REASON_THROTTLED, "too many calls of this kind: the rate is used up");
  }

  private <R> R guarded(String method, Supplier<R> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      counts(method).failed(CloudFailures.from(e).reason());
      throw e;
    }
  }

  private static void later(Duration latency, Runnable work, StreamObserver<?> caller) {
    try {
      Thread.sleep(latency);
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      caller.onError(
          Failures.exception(ErrorReason.ERROR_REASON_UNAVAILABLE, "the simulated cloud stops"));
    } catch (RuntimeException e) {
      caller.onError(e);
    }
  }

  private Counts counts(String method) {
    return counts.computeIfAbsent(method, name -> new Counts(meters, name));
  }

  private record Counts(Counter received, Counter throttled, Counter failed) {
    Counts(MeterRegistry meters, String method) {
      this(
          counter(meters, method, "received"),
          counter(meters, method, "throttled"),
          counter(meters, method, "failed"));
    }

    private static Counter counter(MeterRegistry meters, String method, String what) {
      return Counter.builder("viking_sim_calls_" + what)
          .description("Calls to the simulated cloud, and calls or items of them that failed")
          .tag("method", method)
          .register(meters);
    }

    void failed(ErrorReason reason) {
      (reason == ErrorReason.ERROR_REASON_THROTTLED ? throttled : failed).increment();
    }

    CallCount read() {
      return CallCount.newBuilder()
          .setReceived((long) received.count())
          .setThrottled((long) throttled.count())
          .setFailed((long) failed.count())
          .build();
    }
  }
}
