package io.viking.scheduler.pod;

import java.util.List;

/**
 * What is asked of the cloud for a placed pod whose instance is not known to exist.
 *
 * @param node the zone that it is bound to
 * @param zones in which its instance may be made, in order; the node if the pod does not say
 * @param types the names that were chosen for it, in order; empty if its wishes and needs choose
 * @param requests what the containers are promised
 * @param ceiling what instances are sized by
 */
public record Order(
    String node,
    List<String> zones,
    List<String> types,
    CloudWishes wishes,
    Needs requests,
    Needs ceiling) {
  /** On the Binding and so on the pod: zones in which the instance may be made, in order. */
  public static final String ZONES_ANNOTATION = "viking.io/zones";

  /** Beside it where selectors or families chose: names of instance types, in order. */
  public static final String TYPES_ANNOTATION = "viking.io/instance-types";

  public Order {
    zones = List.copyOf(zones);
    types = List.copyOf(types);
  }
}
