package io.viking.adapter.sim.network.lb;

import io.viking.adapter.sim.limits.Refusals;
import io.viking.adapter.sim.profile.NetworkProfile;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.BackendChange;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Layer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Backends that come, change their weight and go, one by one. */
record BackendChanges(NetworkProfile.LoadBalancers may, RandomGenerator random) {

  /** Whether any of them makes a difference. */
  static boolean matter(Part part, List<BackendChange> changes) {
    return changes.stream().anyMatch(change -> matters(part, change));
  }

  private static boolean matters(Part part, BackendChange change) {
    Optional<Group> group = Optional.ofNullable(part.groups.get(change.getServerGroup()));
    return change.getRemove()
        ? group.filter(g -> g.has(change.getBackend())).isPresent()
        : group.filter(g -> g.hasExactly(change.getBackend())).isEmpty();
  }

  /** Applies them in their order; empty: done. */
  List<Optional<CloudFailure>> apply(
      SimLoadBalancer loadBalancer, Part part, List<BackendChange> changes, long now) {
    Map<String, Group> touched = new TreeMap<>();
    List<Optional<CloudFailure>> outcomes = new ArrayList<>();
    for (BackendChange change : changes) {
      Optional<CloudFailure> refusal =
          matters(part, change) ? refusal(loadBalancer, part, change, now) : Optional.empty();
      if (refusal.isEmpty() && matters(part, change)) {
        Group group = part.groups.computeIfAbsent(change.getServerGroup(), Group::new);
        if (change.getRemove()) {
          group.remove(change.getBackend());
        } else {
          group.put(change.getBackend());
        }
        touched.put(group.name, group);
      }
      outcomes.add(refusal);
    }
    touched
        .values()
        .forEach(group -> group.registeringUntil = now + may.registering().draw(random));
    return List.copyOf(outcomes);
  }

  private Optional<CloudFailure> refusal(
      SimLoadBalancer loadBalancer, Part part, BackendChange change, long now) {
    Optional<Group> group = Optional.ofNullable(part.groups.get(change.getServerGroup()));
    if (group.filter(g -> g.registeringUntil > now).isPresent()) {
      return Optional.of(
          CloudFailure.of(
                  ErrorReason.ERROR_REASON_BUSY,
                  "server group " + change.getServerGroup() + " still takes its last change")
              .retryingAfter(Duration.ofMillis(group.get().registeringUntil - now)));
    }
    return change.getRemove() ? Optional.empty() : room(loadBalancer, group, change.getBackend());
  }

  private Optional<CloudFailure> room(
      SimLoadBalancer loadBalancer, Optional<Group> group, Backend backend) {
    if (group.filter(g -> g.has(backend)).isPresent()) {
      return Optional.empty();
    }
    if (loadBalancer.layer() == Layer.LAYER_7) {
      return full(group.map(Group::size).orElse(0), may.groupBackends(), "a server group");
    }
    return full(loadBalancer.backends(), may.backends(), "a load balancer");
  }

  private static Optional<CloudFailure> full(long there, long limit, String of) {
    return limit >= 0 && there >= limit
        ? Optional.of(Refusals.overQuota("backends of " + of, limit))
        : Optional.empty();
  }
}
