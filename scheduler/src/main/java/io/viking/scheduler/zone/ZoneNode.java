package io.viking.scheduler.zone;

import io.viking.scheduler.selector.Taint;
import java.util.List;
import java.util.Map;

/** A Node: one that stands for a zone and has its id as name, or a machine of a hybrid cluster. */
public record ZoneNode(
    String name, Map<String, String> labels, List<Taint> taints, boolean cordoned) {
  /** What every zone's Node carries, kept there by the syncer. */
  public static final Taint OURS = new Taint("virtual-kubelet.io/provider", "viking", "NoSchedule");

  public ZoneNode {
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
  }

  /** Whether it stands for a zone. */
  public boolean isOurs() {
    return taints.contains(OURS);
  }
}
