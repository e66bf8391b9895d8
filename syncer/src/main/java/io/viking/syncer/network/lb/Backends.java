package io.viking.syncer.network.lb;

import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.BackendChange;
import io.viking.syncer.network.service.Endpoint;
import io.viking.syncer.network.service.ServicePort;
import io.viking.syncer.network.service.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The backends that a server group should have, and what it lacks of them. Pure. */
public final class Backends {
  /** The weight of a backend of which it is not known how, or whether, it is in the cloud. */
  public static final int UNKNOWN = -1;

  private Backends() {}

  /**
   * Ready pods with their weight, and those that are on their way out with none: they get no new
   * connections and keep those that they have, until they leave the slices.
   */
  public static Map<BackendKey, Backend> of(Group group, Collection<Slice> slices) {
    Slice.AddressType preferred =
        group.prefersIpv6() ? Slice.AddressType.IPV6 : Slice.AddressType.IPV4;
    Map<BackendKey, Backend> backends = ofType(group, slices, preferred);
    return backends.isEmpty()
        ? ofType(
            group, slices, group.prefersIpv6() ? Slice.AddressType.IPV4 : Slice.AddressType.IPV6)
        : backends;
  }

  private static Map<BackendKey, Backend> ofType(
      Group group, Collection<Slice> slices, Slice.AddressType type) {
    Map<BackendKey, Backend> backends = new LinkedHashMap<>();
    for (Slice slice : slices) {
      if (slice.addressType() != type) {
        continue;
      }
      for (ServicePort port : slice.ports()) {
        if (port.name().equals(group.port()) && port.protocol().equals(group.protocol())) {
          slice.endpoints().forEach(endpoint -> add(backends, group, endpoint, port.port()));
        }
      }
    }
    return backends;
  }

  private static void add(
      Map<BackendKey, Backend> backends, Group group, Endpoint endpoint, int port) {
    boolean drains = endpoint.isTerminating();
    if (!endpoint.isReady() && !drains) {
      return;
    }
    Backend backend =
        Backend.newBuilder()
            .setAddress(endpoint.address())
            .setPort(port)
            .setWeight(drains ? 0 : group.weight())
            .setUid(endpoint.podUid())
            .build();
    // A pod may be in two slices for a moment; there it is at its best.
    backends.merge(
        new BackendKey(endpoint.address(), port),
        backend,
        (one, other) -> one.getWeight() >= other.getWeight() ? one : other);
  }

  /**
   * What turns the backends that are there into those that should be: first what is added or
   * reweighed, then what is removed.
   *
   * @param known weights of what is there; {@link #UNKNOWN} for what may or may not be
   */
  public static List<BackendChange> delta(
      String group, Map<BackendKey, Integer> known, Map<BackendKey, Backend> desired) {
    List<BackendChange> changes = new ArrayList<>();
    desired.forEach(
        (key, backend) -> {
          Integer weight = known.get(key);
          if (weight == null || weight != backend.getWeight()) {
            changes.add(
                BackendChange.newBuilder().setServerGroup(group).setBackend(backend).build());
          }
        });
    known.forEach(
        (key, weight) -> {
          if (!desired.containsKey(key)) {
            changes.add(removal(group, key));
          }
        });
    return changes;
  }

  private static BackendChange removal(String group, BackendKey key) {
    return BackendChange.newBuilder()
        .setServerGroup(group)
        .setBackend(Backend.newBuilder().setAddress(key.address()).setPort(key.port()))
        .setRemove(true)
        .build();
  }
}
