package io.viking.syncer.network.loop;

import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.syncer.network.lb.Owner;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The load balancers that are kept, when it is whose turn, and the calls that are under way. */
final class Roster {
  private final Outbox outbox;
  private final NetworkConfig config;
  private final Map<LoadBalancerRef, Balancer> byRef = new LinkedHashMap<>();
  private final Map<Long, UnderWay> calls = new HashMap<>();
  private final Agenda<LoadBalancerRef> agenda;
  private final Holdings holdings = new Holdings();

  Roster(Outbox outbox, NetworkConfig config) {
    this.outbox = outbox;
    this.config = config;
    this.agenda = new Agenda<>(outbox);
  }

  Optional<Balancer> get(LoadBalancerRef ref) {
    return Optional.ofNullable(byRef.get(ref));
  }

  /** The one that is known, or one of which nothing is known yet. */
  Balancer obtain(LoadBalancerRef ref) {
    return byRef.computeIfAbsent(ref, key -> new Balancer(key, holdings, config));
  }

  void remove(Balancer balancer) {
    byRef.remove(balancer.ref());
    holdings.release(balancer.ref());
  }

  Collection<Balancer> all() {
    return byRef.values();
  }

  /** So that those that are removed meanwhile do no harm. */
  List<Balancer> snapshot() {
    return List.copyOf(byRef.values());
  }

  /** How many are to be looked at. */
  int pending() {
    return agenda.size();
  }

  /** Whether the cloud may have something of an object. */
  boolean hold(Owner owner) {
    return holdings.isHeld(owner);
  }

  /** It is its turn when changes like this one have been gathered. */
  void soon(Balancer balancer) {
    agenda.soon(balancer.ref(), config.gather());
  }

  /** It is its turn then. */
  void at(Balancer balancer, Instant time) {
    agenda.put(balancer.ref(), time);
  }

  /** Gives their turn to those that are due; who waits for an answer gets it then. */
  void turns(Consumer<Balancer> act) {
    agenda.work(
        ref -> get(ref).map(balancer -> balancer.isBusy).orElse(false),
        ref -> get(ref).ifPresent(act));
  }

  /**
   * A call begins: there is one at a time for a load balancer.
   *
   * @return its number
   */
  long begin(Balancer balancer, UnderWay call) {
    long number = outbox.nextCall();
    balancer.isBusy = true;
    balancer.lastCall = number;
    calls.put(number, call);
    return number;
  }

  /** What was asked for by a call that nobody has answered; empty: it is none of ours. */
  Optional<UnderWay> underWay(long call) {
    return Optional.ofNullable(calls.get(call));
  }

  /** A call was answered: it is its load balancer's turn again. */
  Balancer end(long call, LoadBalancerRef ref) {
    calls.remove(call);
    Balancer balancer = obtain(ref);
    balancer.isBusy = false;
    at(balancer, outbox.now());
    return balancer;
  }
}
