package io.viking.adapter.sim.core;

import io.viking.cloud.v1.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Some instances in the order of their making.
 *
 * @param lastSerial after which the next page begins
 * @param more there are more
 */
public record InstancePage(List<Instance> instances, long lastSerial, boolean more) {
  static InstancePage cut(
      Iterable<SimInstance> rest,
      long afterSerial,
      int most,
      Function<SimInstance, Instance> view) {
    List<Instance> instances = new ArrayList<>();
    long last = afterSerial;
    for (SimInstance instance : rest) {
      if (instances.size() == most) {
        return new InstancePage(instances, last, true);
      }
      instances.add(view.apply(instance));
      last = instance.serial;
    }
    return new InstancePage(instances, last, false);
  }
}
