package io.viking.syncer.network.loop;

import io.viking.cloud.v1.BackendChange;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.syncer.network.lb.Owner;
import io.viking.syncer.network.lb.Plan;
import io.viking.syncer.network.service.NamespacedName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What each load balancer should be, and the calls that make it so. At most one call per load
 * balancer; what changes meanwhile is in the next one.
 */
final class Balancers {
  private final World world;
  private final Outbox outbox;
  private final NetworkConfig config;
  private final NetworkLimits limits;
  private final NetworkObserver observer;
  private final Roster roster;
  private final BalancerAnswers answers;
  private final Consumer<Balancer> changed;
  private final PlanIndex index = new PlanIndex();

  /**
   * @param changed hears of a load balancer of which the owners may have to know
   */
  Balancers(
      World world,
      Outbox outbox,
      NetworkConfig config,
      NetworkLimits limits,
      NetworkObserver observer,
      Roster roster,
      BalancerAnswers answers,
      Consumer<Balancer> changed) {
    this.world = world;
    this.outbox = outbox;
    this.config = config;
    this.limits = limits;
    this.observer = observer;
    this.roster = roster;
    this.answers = answers;
    this.changed = changed;
  }

  boolean readsSecret(NamespacedName secret) {
    return index.isRead(secret);
  }

  /** Who wants it, or what they want, may be another. */
  void replan(LoadBalancerRef ref) {
    if (roster.get(ref).isPresent() || !world.wanting(ref).isEmpty()) {
      Balancer balancer = roster.obtain(ref);
      balancer.planIsStale = true;
      roster.soon(balancer);
    }
  }

  /** What was refused may be right with what has changed. */
  void retryRefused() {
    for (Balancer balancer : roster.all()) {
      if (!balancer.aside().isEmpty()) {
        balancer.aside().retry(outbox.now());
        roster.soon(balancer);
      }
    }
  }

  /** A Service has changed that may be behind load balancers of others. */
  void serviceChanged(NamespacedName service) {
    index.users(service).forEach(this::replan);
  }

  void secretChanged(NamespacedName secret) {
    index.readers(secret).forEach(this::replan);
  }

  void endpointsChanged(NamespacedName service) {
    for (LoadBalancerRef ref : index.users(service)) {
      roster
          .get(ref)
          .ifPresent(
              balancer -> {
                balancer.endpointsChanged(service);
                if (balancer.changedAt.isEmpty()) {
                  balancer.changedAt = Optional.of(outbox.now());
                }
                roster.soon(balancer);
              });
    }
  }

  /** Does what is due. */
  void act() {
    roster.turns(this::act);
  }

  private void act(Balancer balancer) {
    if (balancer.planIsStale || isTryDue(balancer)) {
      plan(balancer);
    }
    if (balancer.notBefore.isAfter(outbox.now())) {
      roster.at(balancer, balancer.notBefore);
      return;
    }
    switch (balancer.next(world::slices, limits.backendItems(), outbox.now())) {
      case Balancer.Action.Nothing() -> settled(balancer);
      case Balancer.Action.Forget() -> {
        roster.remove(balancer);
        changed.accept(balancer);
      }
      case Balancer.Action.Delete() -> delete(balancer);
      case Balancer.Action.Later() -> next(balancer).ifPresent(at -> roster.at(balancer, at));
      case Balancer.Action.Ensure(LoadBalancerSpec spec) -> ensure(balancer, spec);
      case Balancer.Action.Update(List<BackendChange> changes) -> update(balancer, changes);
    }
  }

  private void plan(Balancer balancer) {
    LoadBalancerRef ref = balancer.ref();
    List<Declaration> declared = world.declared(ref, balancer.certificates());
    Optional<Plan> before = balancer.plan();
    Optional<Plan> plan =
        world.plan(ref, balancer.aside().choose(declared, balancer.refusals == 0, outbox.now()));
    boolean isAnother = !plan.equals(before);
    balancer.planned(plan);
    if (plan.isPresent()) {
      balancer.wasWanted = true;
      balancer.mayGo = false;
    }
    index
        .put(ref, plan.map(Plan::services).orElseGet(Set::of), secrets(declared, plan))
        .forEach(world::forgetCertificate);
    if (isAnother) {
      if (balancer.aside().isEmpty()) {
        // Else it may be one that is tried, which says nothing of backends.
        balancer.failures = 0;
      }
      balancer.refusals = 0;
      if (balancer.trouble.isPresent()) {
        // What was refused may be right now.
        balancer.notBefore = Instant.MIN;
        balancer.ensureFrom = Instant.MIN;
      }
      changed.accept(balancer);
    }
  }

  /** Also of those whose declaration does not count now: with another certificate it may. */
  private static Set<NamespacedName> secrets(List<Declaration> declared, Optional<Plan> plan) {
    Set<NamespacedName> secrets = new LinkedHashSet<>();
    plan.map(Plan::secrets).ifPresent(secrets::addAll);
    for (Declaration one : declared) {
      if (one instanceof Declaration.OfIngress(var _, var tls)) {
        secrets.addAll(tls.keySet());
      }
    }
    return secrets;
  }

  private void ensure(Balancer balancer, LoadBalancerSpec spec) {
    Optional<Instant> closed = outbox.closedUntil(CallKind.BALANCER);
    if (closed.isPresent()) {
      balancer.ensureFrom = closed.get();
      act(balancer);
      return;
    }
    balancer.ensuring();
    long call = roster.begin(balancer, new UnderWay.Ensure(balancer.ref(), spec));
    outbox.add(new NetworkEffect.Ensure(call, spec));
  }

  /** One that is due and may not be tried waits for the others' answer, not for a time. */
  private boolean isDueLater(Balancer balancer, Instant at) {
    return balancer.refusals == 0 || at.isAfter(outbox.now());
  }

  private boolean isTryDue(Balancer balancer) {
    return balancer.aside().next().filter(at -> !at.isAfter(outbox.now())).isPresent();
  }

  /** When something may be done that may not be done now; empty: it is not known of anything. */
  private Optional<Instant> next(Balancer balancer) {
    return Stream.concat(
            Stream.of(balancer.addsFrom, balancer.ensureFrom), balancer.aside().next().stream())
        .filter(at -> at.isAfter(outbox.now()))
        .min(Comparator.naturalOrder());
  }

  private void update(Balancer balancer, List<BackendChange> changes) {
    boolean isFull = changes.size() >= limits.backendItems();
    Instant from = isFull ? balancer.nextFull : balancer.nextPartial;
    if (from.isAfter(outbox.now())) {
      roster.at(balancer, from);
    } else if (isOpen(balancer, CallKind.BACKENDS)) {
      Duration interval = limits.backendInterval();
      balancer.nextFull = outbox.now().plus(interval);
      balancer.nextPartial =
          outbox.now().plus(Collections.max(List.of(interval, config.spacing())));
      long call = roster.begin(balancer, new UnderWay.Update(balancer.ref(), changes));
      outbox.add(new NetworkEffect.UpdateBackends(call, balancer.ref(), changes));
    }
  }

  /** Of what was never wanted here, Orphans decide whether it goes. */
  private void delete(Balancer balancer) {
    if (!balancer.wasWanted && !balancer.mayGo) {
      return;
    }
    if (isMovingOut(balancer)) {
      roster.at(balancer, outbox.now().plus(config.spacing()));
    } else if (isOpen(balancer, CallKind.BALANCER)) {
      balancer.deleting();
      long call = roster.begin(balancer, new UnderWay.Delete(balancer.ref()));
      outbox.add(new NetworkEffect.Delete(call, balancer.ref()));
    }
  }

  /**
   * Whether an owner is on its way to another load balancer, which does not serve yet. One that is
   * in trouble is not waited for: it may need the room.
   */
  private boolean isMovingOut(Balancer balancer) {
    return balancer.holders().stream().anyMatch(this::isMoving);
  }

  private boolean isMoving(Owner owner) {
    return world
        .wanted(owner)
        .flatMap(roster::get)
        .filter(next -> next.trouble(owner).isEmpty() && !next.serves(owner))
        .isPresent();
  }

  private boolean isOpen(Balancer balancer, CallKind kind) {
    Optional<Instant> closed = outbox.closedUntil(kind);
    closed.ifPresent(until -> roster.at(balancer, until));
    return closed.isEmpty();
  }

  private void settled(Balancer balancer) {
    boolean isFull = balancer.addsFrom.isAfter(outbox.now());
    Stream.concat(
            isFull ? Stream.of(balancer.addsFrom) : Stream.empty(),
            balancer.aside().next().filter(at -> isDueLater(balancer, at)).stream())
        .min(Comparator.naturalOrder())
        .ifPresent(at -> roster.at(balancer, at));
    if (isFull) {
      return;
    }
    balancer.changedAt.ifPresent(at -> observer.propagated(Duration.between(at, outbox.now())));
    balancer.changedAt = Optional.empty();
    answers.clear(balancer);
  }
}
