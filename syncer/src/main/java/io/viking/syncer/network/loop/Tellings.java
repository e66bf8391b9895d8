package io.viking.syncer.network.loop;

import com.google.common.collect.ImmutableSet;
import io.viking.cloud.errors.CloudFailure;
import io.viking.syncer.network.lb.Notice;
import io.viking.syncer.network.lb.Owner;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Events for users: each thing is told once, and again if it had gone meanwhile. */
final class Tellings {
  private final World world;
  private final Outbox outbox;
  private final Set<Notice> notices = new LinkedHashSet<>();

  Tellings(World world, Outbox outbox) {
    this.world = world;
    this.outbox = outbox;
  }

  void add(Notice notice) {
    notices.add(notice);
  }

  /** What there is to say of a load balancer may be another. */
  void changed(Balancer balancer) {
    Set<Notice> now = new LinkedHashSet<>();
    Optional<Owner> tried = balancer.aside().tried();
    balancer.plan().stream()
        .flatMap(plan -> plan.notices().stream())
        .filter(notice -> tried.isEmpty() || tried.get().equals(notice.owner()))
        .forEach(now::add);
    for (Owner owner : world.wanting(balancer.ref())) {
      balancer.trouble(owner).map(failure -> notice(failure, balancer, owner)).ifPresent(now::add);
    }
    // Whose declaration does not count for a while has not mended it; and what is said of others
    // because of one that is tried may be so for a moment only.
    balancer.told.stream()
        .filter(notice -> tried.isPresent() || balancer.aside().has(notice.owner()))
        .forEach(now::add);
    now.stream().filter(notice -> !balancer.told.contains(notice)).forEach(notices::add);
    balancer.told = ImmutableSet.copyOf(now);
  }

  private static Notice notice(CloudFailure failure, Balancer balancer, Owner owner) {
    return Notice.warning(
        owner,
        "LoadBalancer" + BalancerStatus.reason(failure),
        failure.message() + WayOut.of(failure, balancer.ref(), owner));
  }

  /** Tells what has been gathered; of objects that are gone, nothing. */
  void flush() {
    for (Notice notice : notices) {
      world
          .meta(notice.owner())
          .ifPresent(
              meta ->
                  outbox.add(
                      new NetworkEffect.TellUser(notice.owner(), meta.uid(), notice.tell())));
    }
    notices.clear();
  }
}
