package io.viking.adapter.sim.network.lb;

import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerState;

/** A load balancer as the contract shows it. Keys of certificates never leave. */
final class Views {
  private Views() {}

  static LoadBalancer.Builder head(SimLoadBalancer loadBalancer, String region, long now) {
    LoadBalancer.Builder view =
        LoadBalancer.newBuilder()
            .setRef(loadBalancer.ref())
            .setCloudId(loadBalancer.cloudId)
            .setName(loadBalancer.shape().getName())
            .setState(state(loadBalancer, now))
            .putAllTags(loadBalancer.shape().getTagsMap());
    if (loadBalancer.layer() == Layer.LAYER_7) {
      view.setHostname(Hostnames.of(loadBalancer.cloudId, region));
    } else {
      view.addAddresses(
          loadBalancer.shape().getIpVersion().equals("ipv6")
              ? Loopback.sixthOf(loadBalancer.loopback)
              : loadBalancer.loopback);
    }
    return view;
  }

  static void add(LoadBalancer.Builder view, Part part) {
    view.addAllListeners(part.listeners.values());
    part.groups.values().forEach(group -> view.addServerGroups(group.view()));
  }

  private static LoadBalancerState state(SimLoadBalancer loadBalancer, long now) {
    if (loadBalancer.stopped) {
      return LoadBalancerState.LOAD_BALANCER_STATE_INACTIVE;
    }
    return loadBalancer.configuring(now)
        ? LoadBalancerState.LOAD_BALANCER_STATE_CONFIGURING
        : LoadBalancerState.LOAD_BALANCER_STATE_ACTIVE;
  }
}
