package io.viking.adapter.sim.core;

import io.viking.cloud.v1.Instance;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Instances that changed and were not yet told, in the order of their last change. */
final class Changes {
  private final Set<SimInstance> changed = new LinkedHashSet<>();
  private long revision;

  /** None yet; the next change gets the revision after that one. */
  Changes(long revision) {
    this.revision = revision;
  }

  /** Of the last change. */
  long revision() {
    return revision;
  }

  void skipRevisions(long count) {
    revision += count;
  }

  /** Gives the instance the next revision. */
  void add(SimInstance instance) {
    instance.revision = ++revision;
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
