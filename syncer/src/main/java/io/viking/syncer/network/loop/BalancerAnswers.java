package io.viking.syncer.network.loop;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.BackendChange;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.LoadBalancerState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the cloud's answers say of load balancers: what it has now, when to go on, and what the
 * owners have to know. Each answer says whether it was one to a call of theirs.
 */
final class BalancerAnswers {
  private final Outbox outbox;
  private final NetworkConfig config;
  private final NetworkObserver observer;
  private final Roster roster;
  private final Pauses pauses;
  private final Consumer<Balancer> changed;

  /**
   * @param changed hears of a load balancer of which the owners may have to know
   */
  BalancerAnswers(
      Outbox outbox,
      NetworkConfig config,
      NetworkObserver observer,
      Roster roster,
      Consumer<Balancer> changed) {
    this.outbox = outbox;
    this.config = config;
    this.observer = observer;
    this.roster = roster;
    this.pauses = new Pauses(config);
    this.changed = changed;
  }

  /** Whether backends are beyond a quota, whatever becomes of the rest. */
  private boolean lacksRoom(Balancer balancer) {
    return balancer.addsFrom.isAfter(outbox.now());
  }

  /** It is as it should be, but for backends beyond a quota: no trouble any more. */
  void clear(Balancer balancer) {
    balancer.refusals = 0;
    if (lacksRoom(balancer)) {
      return;
    }
    balancer.failures = 0;
    if (balancer.trouble.isPresent()
        && balancer
            .answer()
            .map(one -> one.getState() != LoadBalancerState.LOAD_BALANCER_STATE_INACTIVE)
            .orElse(true)) {
      balancer.trouble = Optional.empty();
      changed.accept(balancer);
    }
  }

  boolean ensured(long call, LoadBalancer answer) {
    if (!(roster.underWay(call).orElse(null)
        instanceof UnderWay.Ensure(LoadBalancerRef ref, LoadBalancerSpec spec))) {
      return false;
    }
    Balancer balancer = roster.end(call, ref);
    balancer.ensured(spec, answer);
    switch (answer.getState()) {
      case LOAD_BALANCER_STATE_CONFIGURING ->
          balancer.ensureFrom =
              outbox.now().plus(config.configuring().pause(balancer.looks++, ref.toString()));
      case LOAD_BALANCER_STATE_INACTIVE ->
          balancer.trouble =
              Optional.of(
                  CloudFailure.of(
                      ErrorReason.ERROR_REASON_ACCOUNT,
                      "the load balancer was stopped in the cloud: look for arrears or a lock there"));
      case LOAD_BALANCER_STATE_ACTIVE, LOAD_BALANCER_STATE_UNSPECIFIED, UNRECOGNIZED -> {
        balancer.looks = 0;
        clear(balancer);
      }
    }
    changed.accept(balancer);
    return true;
  }

  boolean updated(long call, List<Optional<CloudFailure>> answers) {
    if (!(roster.underWay(call).orElse(null) instanceof UnderWay.Update(var ref, var changes))) {
      return false;
    }
    Balancer balancer = roster.end(call, ref);
    List<Optional<CloudFailure>> failures = new ArrayList<>(answers);
    while (failures.size() < changes.size()) {
      failures.add(
          Optional.of(
              CloudFailure.of(
                  ErrorReason.ERROR_REASON_INTERNAL,
                  "the adapter gave fewer results than it got items")));
    }
    balancer.groups().updated(changes, failures);
    Optional<CloudFailure> worst =
        failures.stream()
            .flatMap(Optional::stream)
            .reduce((one, other) -> Pauses.needsHuman(one) ? one : other);
    if (worst.filter(Pauses::needsHuman).isPresent() && !balancer.isInForce()) {
      // Listeners and rules do not wait for backends that nobody takes.
      balancer.cannotPrefill();
    }
    if (worst.isEmpty()) {
      balancer.failures = 0;
      boolean frees = changes.stream().anyMatch(BackendChange::getRemove);
      if (frees) {
        balancer.addsFrom = Instant.MIN;
      }
    } else if (worst.get().reason() == ErrorReason.ERROR_REASON_QUOTA_EXCEEDED) {
      // What leaves makes room: only what would come waits.
      balancer.addsFrom = failed(balancer, CallKind.BACKENDS, worst.get(), balancer.failures++);
    } else {
      balancer.notBefore = failed(balancer, CallKind.BACKENDS, worst.get(), balancer.failures++);
    }
    return true;
  }

  boolean deleted(long call) {
    if (!(roster.underWay(call).orElse(null) instanceof UnderWay.Delete(LoadBalancerRef ref))) {
      return false;
    }
    Balancer balancer = roster.end(call, ref);
    balancer.gone();
    balancer.failures = 0;
    changed.accept(balancer);
    return true;
  }

  boolean failed(long call, CloudFailure failure) {
    UnderWay underWay = roster.underWay(call).orElse(null);
    if (underWay == null) {
      return false;
    }
    Balancer balancer = roster.end(call, underWay.ref());
    CallKind kind = CallKind.BALANCER;
    if (underWay instanceof UnderWay.Update(var _, var changes)) {
      kind = CallKind.BACKENDS;
      switch (failure.reason()) {
        case ERROR_REASON_THROTTLED, ERROR_REASON_BUSY -> {}
        case ERROR_REASON_NOT_FOUND -> {
          if (balancer.isInForce()) {
            balancer.gone();
            changed.accept(balancer);
            return true;
          }
          balancer.cannotPrefill();
          return true;
        }
        default -> {
          balancer.groups().doubted(changes);
          if (!balancer.isInForce()) {
            balancer.cannotPrefill();
          }
        }
      }
    }
    if (underWay instanceof UnderWay.Ensure) {
      if (Pauses.needsHuman(failure) && balancer.refused(failure, outbox.now())) {
        observer.retry(failure.reason());
        if (!lacksRoom(balancer)) {
          balancer.trouble = Optional.empty();
        }
        balancer.planIsStale = true;
        changed.accept(balancer);
        return true;
      }
      if (!Pauses.needsHuman(failure)) {
        balancer.aside().sentInDoubt();
      }
      balancer.ensureFrom = failed(balancer, kind, failure, balancer.refusals++);
    } else {
      balancer.notBefore = failed(balancer, kind, failure, balancer.failures++);
    }
    return true;
  }

  /**
   * @param failures in a row before this one
   * @return when to try again
   */
  private Instant failed(Balancer balancer, CallKind kind, CloudFailure failure, int failures) {
    outbox.heard(kind, failure);
    observer.retry(failure.reason());
    Duration pause = pauses.after(failure, failures, balancer.ref().toString());
    if (Pauses.needsHuman(failure)) {
      balancer.trouble = Optional.of(failure);
      changed.accept(balancer);
    }
    return outbox.now().plus(pause);
  }
}
