package io.viking.scheduler.decision;

import io.viking.scheduler.pod.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a pod goes. One object for all pods of a group that go the same way.
 *
 * @param type that the cloud is expected to take
 * @param zones all in which its instance may be made, in order; the first is {@code zone}
 * @param types that the cloud may take in them, in order; empty: those that it comes to by itself
 */
public record Placement(String zone, String type, List<String> zones, List<String> types) {
  public Placement {
    zones = List.copyOf(zones);
    types = List.copyOf(types);
    if (zones.isEmpty() || !zones.getFirst().equals(zone)) {
      throw new IllegalArgumentException("zones: must begin with " + zone + ", are " + zones);
    }
  }

  /** The same with another zone to go on to first. */
  Placement next(String other) {
    var order = new ArrayList<>(zones);
    order.remove(other);
    order.add(1, other);
    return new Placement(zone, type, order, types);
  }

  /** What the Binding, and so the pod, tells the syncer of it. */
  public Map<String, String> annotations() {
    String candidates = String.join(",", zones);
    return types.isEmpty()
        ? Map.of(Order.ZONES_ANNOTATION, candidates)
        : Map.of(
            Order.ZONES_ANNOTATION, candidates, Order.TYPES_ANNOTATION, String.join(",", types));
  }
}
