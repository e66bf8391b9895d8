package io.viking.syncer.network.loop;

import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerRef;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What lists of load balancers say against what is known, and those that nobody wants. */
final class BalancerCensus {
  private final World world;
  private final Outbox outbox;
  private final Roster roster;
  private final Consumer<Balancer> changed;

  /**
   * @param changed hears of a load balancer of which the owners may have to know
   */
  BalancerCensus(World world, Outbox outbox, Roster roster, Consumer<Balancer> changed) {
    this.world = world;
    this.outbox = outbox;
    this.roster = roster;
    this.changed = changed;
  }

  /**
   * All that the cloud had at some moment since a call.
   *
   * @param since what was called later, or had no answer then, knows better
   */
  void listed(List<LoadBalancer> listed, long since) {
    Set<LoadBalancerRef> present = new HashSet<>();
    for (LoadBalancer one : listed) {
      present.add(one.getRef());
      Balancer balancer = roster.obtain(one.getRef());
      if (isQuietSince(balancer, since)) {
        balancer.listed(one);
        looked(balancer);
      }
    }
    for (Balancer balancer : roster.snapshot()) {
      if (!present.contains(balancer.ref())
          && balancer.isThere()
          && isQuietSince(balancer, since)) {
        balancer.gone();
        looked(balancer);
      }
    }
  }

  private void looked(Balancer balancer) {
    roster.at(balancer, outbox.now());
    changed.accept(balancer);
  }

  private static boolean isQuietSince(Balancer balancer, long call) {
    return !balancer.isBusy && balancer.lastCall < call;
  }

  /** Those that nobody wants or ever wanted here; what becomes of them, Orphans decide. */
  Set<LoadBalancerRef> suspects() {
    Set<LoadBalancerRef> suspects = new LinkedHashSet<>();
    for (Balancer balancer : roster.all()) {
      if (balancer.isThere()
          && balancer.plan().isEmpty()
          && !balancer.wasWanted
          && !balancer.mayGo
          && world.wanting(balancer.ref()).isEmpty()) {
        if (balancer.isKnownUnwanted(world)) {
          approve(balancer);
          // The turns of this step are over.
          outbox.wakeAt(outbox.now());
        } else {
          suspects.add(balancer.ref());
        }
      }
    }
    return suspects;
  }

  /** Nobody wants it: it may be deleted. */
  void approve(LoadBalancerRef ref) {
    roster.get(ref).filter(balancer -> world.wanting(ref).isEmpty()).ifPresent(this::approve);
  }

  private void approve(Balancer balancer) {
    balancer.mayGo = true;
    roster.at(balancer, outbox.now());
  }

  /** The owner is gone, and nobody saw it go: it may have been an accident. */
  void suspect(LoadBalancerRef ref) {
    roster
        .get(ref)
        .filter(balancer -> world.wanting(ref).isEmpty())
        .ifPresent(balancer -> balancer.wasWanted = false);
  }
}
