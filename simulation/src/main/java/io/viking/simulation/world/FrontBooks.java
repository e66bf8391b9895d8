package io.viking.simulation.world;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Service;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.Rule;
import io.viking.cloud.v1.ServerGroup;
import io.viking.cloud.v1.WeightedServerGroup;
import io.viking.kube.cache.ResourceType;
import io.viking.simulation.api.Present;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be so of Services and Ingresses when nothing has happened for a while. */
final class FrontBooks {
  /** Of the load balancer that all Ingresses of class "alb" share which name no other. */
  private static final String SHARED = "alb/default";

  private final World world;
  private final NameBooks names;

  FrontBooks(World world) {
    this.world = world;
    this.names = new NameBooks(world);
  }

  /**
   * Each Service has its load balancer and its names, each Ingress its rule, and they lead to the
   * Service's ready pods and nothing else; no load balancer and no name is of nobody.
   *
   * @throws BrokenInvariant naming all that is not so
   */
  void checkRest() {
    Map<String, LoadBalancer> balancers =
        world.cloud.balancers().stream()
            .collect(Collectors.toMap(one -> one.getRef().getKey(), one -> one));
    var wrong = new ArrayList<>(names.wrong());
    for (V1Service service : world.api.all(ResourceType.SERVICES)) {
      Optional<LoadBalancer> balancer = Optional.ofNullable(balancers.remove(uid(service)));
      trouble(service, balancer)
          .ifPresent(why -> wrong.add("Service " + name(service) + " " + why));
    }
    Optional<LoadBalancer> shared = Optional.ofNullable(balancers.remove(SHARED));
    Collection<V1Ingress> ingresses = world.api.all(ResourceType.INGRESSES);
    for (V1Ingress ingress : ingresses) {
      trouble(ingress, shared).ifPresent(why -> wrong.add("Ingress " + name(ingress) + " " + why));
    }
    long rules = shared.stream().flatMap(FrontBooks::rules).count();
    if (rules != ingresses.size()) {
      wrong.add("%d Ingresses have %d rules".formatted(ingresses.size(), rules));
    }
    if (shared.isPresent() && ingresses.isEmpty()) {
      wrong.add("the load balancer of Ingresses has none");
    }
    balancers.keySet().forEach(key -> wrong.add("load balancer of " + key + " has no Service"));
    if (!wrong.isEmpty()) {
      throw new BrokenInvariant("after quiet: " + String.join("; ", wrong));
    }
  }

  private Optional<String> trouble(V1Service service, Optional<LoadBalancer> balancer) {
    if (Present.metadata(service).getDeletionTimestamp() != null) {
      return Optional.of("is still being deleted");
    }
    if (!Fronts.isBalanced(service)) {
      return balancer.map(any -> "has a load balancer");
    }
    if (balancer.isEmpty()) {
      return Optional.of("has no load balancer");
    }
    Set<String> told = Fronts.told(service);
    return differ("backends", backends(balancer.get(), group -> true), ready(service))
        .or(
            () ->
                told.isEmpty() ? Optional.of("does not say where it is reached") : Optional.empty())
        .or(() -> differ("told addresses", told, Set.copyOf(balancer.get().getAddressesList())));
  }

  private Optional<String> trouble(V1Ingress ingress, Optional<LoadBalancer> shared) {
    if (Present.metadata(ingress).getDeletionTimestamp() != null) {
      return Optional.of("is still being deleted");
    }
    List<Rule> rules =
        shared.stream()
            .flatMap(FrontBooks::rules)
            .filter(rule -> rule.getHostsList().contains(Fronts.host(name(ingress))))
            .toList();
    if (rules.size() != 1) {
      return Optional.of("has %d rules".formatted(rules.size()));
    }
    Set<String> groups =
        rules.getFirst().getForwardList().stream()
            .map(WeightedServerGroup::getServerGroup)
            .collect(Collectors.toSet());
    Set<String> wanted =
        world
            .api
            .get(ResourceType.SERVICES, Templates.NAMESPACE, Fronts.behind(name(ingress)))
            .map(this::ready)
            .orElse(Set.of());
    return differ(
            "backends", backends(shared.get(), group -> groups.contains(group.getName())), wanted)
        .or(() -> differ("told names", told(ingress), Set.of(shared.get().getHostname())));
  }

  private static Optional<String> differ(String what, Set<String> had, Set<String> wanted) {
    return had.equals(wanted)
        ? Optional.empty()
        : Optional.of("has the %s %s and wants %s".formatted(what, had, wanted));
  }

  private static Stream<Rule> rules(LoadBalancer balancer) {
    return balancer.getListenersList().stream()
        .flatMap(listener -> listener.getRulesList().stream());
  }

  private static Set<String> backends(LoadBalancer balancer, Predicate<ServerGroup> of) {
    return balancer.getServerGroupsList().stream()
        .filter(of)
        .flatMap(group -> group.getBackendsList().stream())
        .map(Backend::getAddress)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> ready(V1Service service) {
    return world.slices.ready(service).stream()
        .flatMap(one -> one.getAddresses().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Where the Ingress says that it is reached. */
  private static Set<String> told(V1Ingress ingress) {
    var status = ingress.getStatus();
    var balancer = status == null ? null : status.getLoadBalancer();
    var at = balancer == null ? null : balancer.getIngress();
    return at == null
        ? Set.of()
        : at.stream()
            .map(one -> String.valueOf(one.getHostname()))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String name(KubernetesObject object) {
    return String.valueOf(Present.metadata(object).getName());
  }

  private static String uid(KubernetesObject object) {
    return String.valueOf(Present.metadata(object).getUid());
  }
}
