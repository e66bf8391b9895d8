package io.viking.adapter.sim.network.lb;

import io.viking.adapter.sim.state.PartState;
import io.viking.cloud.v1.Certificate;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancerSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What one cluster, or somebody by hand, has on a load balancer. Mutated inside this package. */
final class Part {
  /** Empty: by hand. */
  final String cluster;

  /** The declaration but for what has a place of its own here. */
  LoadBalancerSpec declared = LoadBalancerSpec.getDefaultInstance();

  final Map<ListenerKey, Listener> listeners = new TreeMap<>();
  final Map<String, Certificate> certificates = new LinkedHashMap<>();
  final Map<String, Group> groups = new TreeMap<>();

  Part(String cluster) {
    this.cluster = cluster;
  }

  static Part restore(PartState state) {
    Part part = new Part(state.getCluster());
    part.declared = state.getDeclared();
    state.getListenersList().forEach(listener -> part.listeners.put(key(listener), listener));
    state.getCertificatesList().forEach(c -> part.certificates.put(c.getName(), c));
    state.getGroupsList().stream()
        .map(Group::restore)
        .forEach(group -> part.groups.put(group.name, group));
    return part;
  }

  PartState save() {
    PartState.Builder state =
        PartState.newBuilder()
            .setCluster(cluster)
            .setDeclared(declared)
            .addAllListeners(listeners.values())
            .addAllCertificates(certificates.values());
    groups.values().forEach(group -> state.addGroups(group.save()));
    return state.build();
  }

  private static ListenerKey key(Listener listener) {
    return ListenerKey.of(listener);
  }
}
