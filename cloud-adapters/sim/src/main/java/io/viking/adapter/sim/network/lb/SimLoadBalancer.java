package io.viking.adapter.sim.network.lb;

import io.viking.adapter.sim.state.LoadBalancerState;
import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One load balancer. Mutated inside this package. */
final class SimLoadBalancer {
  /** Whose it is. Both are empty for one that was made by hand. */
  record Owner(String cluster, String key) {
    static final Owner NOBODY = new Owner("", "");
  }

  final String cloudId;
  final Owner owner;
  final String loopback;
  private final LoadBalancerSpec madeByHand;
  final Map<String, Part> parts = new LinkedHashMap<>();
  long configuringUntil;
  boolean stopped;

  SimLoadBalancer(String cloudId, Owner owner, String loopback, LoadBalancerSpec madeByHand) {
    this.cloudId = cloudId;
    this.owner = owner;
    this.loopback = loopback;
    this.madeByHand = madeByHand;
  }

  static SimLoadBalancer restore(LoadBalancerState state) {
    SimLoadBalancer loadBalancer =
        new SimLoadBalancer(
            state.getCloudId(),
            new Owner(state.getCluster(), state.getKey()),
            state.getLoopback(),
            state.getMadeByHand());
    loadBalancer.configuringUntil = state.getConfiguringUntil();
    loadBalancer.stopped = state.getStopped();
    state.getPartsList().stream()
        .map(Part::restore)
        .forEach(part -> loadBalancer.parts.put(part.cluster, part));
    return loadBalancer;
  }

  LoadBalancerState save() {
    LoadBalancerState.Builder state =
        LoadBalancerState.newBuilder()
            .setCloudId(cloudId)
            .setCluster(owner.cluster())
            .setKey(owner.key())
            .setLoopback(loopback)
            .setMadeByHand(madeByHand)
            .setConfiguringUntil(configuringUntil)
            .setStopped(stopped);
    parts.values().forEach(part -> state.addParts(part.save()));
    return state.build();
  }

  boolean owned() {
    return !owner.equals(Owner.NOBODY);
  }

  /** Name, layer, network, tags. */
  LoadBalancerSpec shape() {
    return owned() ? part(owner.cluster()).declared : madeByHand;
  }

  Layer layer() {
    return shape().getLayer();
  }

  /** What that cluster has here; made if it has nothing yet. */
  Part part(String cluster) {
    return parts.computeIfAbsent(cluster, Part::new);
  }

  Optional<Part> partOf(String cluster) {
    return Optional.ofNullable(parts.get(cluster));
  }

  /** Who holds that port. */
  Optional<Part> holder(ListenerKey port) {
    return parts.values().stream().filter(part -> part.listeners.containsKey(port)).findFirst();
  }

  long backends() {
    return parts.values().stream()
        .flatMap(part -> part.groups.values().stream())
        .mapToLong(Group::size)
        .sum();
  }

  boolean configuring(long now) {
    return configuringUntil > now;
  }

  LoadBalancerRef ref() {
    return owned()
        ? LoadBalancerRef.newBuilder().setKey(owner.key()).build()
        : LoadBalancerRef.newBuilder().setBroughtId(cloudId).build();
  }

  /** As one cluster sees it. */
  LoadBalancer view(String cluster, String region, long now) {
    LoadBalancer.Builder view = Views.head(this, region, now);
    partOf(cluster).ifPresent(part -> Views.add(view, part));
    return view.build();
  }

  /** With all that is on it, whoever's. */
  LoadBalancer whole(String region, long now) {
    LoadBalancer.Builder view = Views.head(this, region, now);
    parts.values().forEach(part -> Views.add(view, part));
    return view.build();
  }
}
