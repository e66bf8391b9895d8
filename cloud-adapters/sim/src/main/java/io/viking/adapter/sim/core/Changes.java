package io.viking.adapter.sim.core;

import io.viking.cloud.v1.Instance;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Instances that changed and were not yet told, in the order of their last change. */
final class Changes {
  private final Set<SimInstance> changed = new LinkedHashSet<>();

  void add(SimInstance instance) {
    changed.remove(instance);
    changed.add(instance);
  }

  List<InstanceChange> drain(Function<SimInstance, Instance> view) {
    List<InstanceChange> changes =
        changed.stream()
            .map(instance -> new InstanceChange(view.apply(instance), instance.removed))
            .toList();
    changed.clear();
    return changes;
  }
}
