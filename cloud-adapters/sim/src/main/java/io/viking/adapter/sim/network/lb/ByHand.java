package io.viking.adapter.sim.network.lb;

import io.viking.adapter.sim.state.SetListener;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What somebody does in the cloud's console: at once, whatever is protected, and for no cluster.
 */
public final class ByHand {
  private final Map<String, SimLoadBalancer> byId;
  private final String region;
  private final Function<LoadBalancerSpec, SimLoadBalancer> make;
  private final Consumer<SimLoadBalancer> remove;

  ByHand(
      Map<String, SimLoadBalancer> byId,
      String region,
      Function<LoadBalancerSpec, SimLoadBalancer> make,
      Consumer<SimLoadBalancer> remove) {
    this.byId = byId;
    this.region = region;
    this.make = make;
    this.remove = remove;
  }

  /**
   * One load balancer of the account.
   *
   * @param cluster whose it is; empty: made by hand
   * @param all all that is on it, whoever's
   * @param loopback where its sockets are, if they are
   */
  public record Shown(String cluster, LoadBalancer all, String loopback) {}

  public List<Shown> show(long now) {
    return byId.values().stream()
        .map(on -> new Shown(on.owner.cluster(), on.whole(region, now), on.loopback))
        .toList();
  }

  public boolean has(String cloudId) {
    return byId.containsKey(cloudId);
  }

  /** Makes one that belongs to no cluster; its cloud id. */
  public String make(LoadBalancerSpec spec) {
    return make.apply(spec).cloudId;
  }

  /** False: there is no such one. */
  public boolean remove(String cloudId) {
    Optional<SimLoadBalancer> found = Optional.ofNullable(byId.get(cloudId));
    found.ifPresent(remove);
    return found.isPresent();
  }

  /** False: there is no such one. */
  public boolean stop(String cloudId, boolean stopped) {
    Optional<SimLoadBalancer> found = Optional.ofNullable(byId.get(cloudId));
    found.ifPresent(on -> on.stopped = stopped);
    return found.isPresent();
  }

  /**
   * Adds a listener, or removes one whoever's it is. False: there is no such load balancer, or no
   * such listener to remove, or the port is taken.
   */
  public boolean set(SetListener act) {
    Optional<SimLoadBalancer> found = Optional.ofNullable(byId.get(act.getCloudId()));
    Listener listener = act.getListener();
    ListenerKey port = ListenerKey.of(listener);
    if (found.isEmpty() || found.get().holder(port).isPresent() != act.getRemove()) {
      return false;
    }
    if (act.getRemove()) {
      found.get().holder(port).ifPresent(part -> part.listeners.remove(port));
    } else {
      found.get().part("").listeners.put(port, listener);
    }
    return true;
  }
}
