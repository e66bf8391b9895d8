package io.viking.scheduler.zone;

import io.viking.scheduler.selector.Taint;
import java.util.List;
import java.util.Map;

/** The Node that stands for a zone; its name is the zone's id. */
public record ZoneNode(
    String name, Map<String, String> labels, List<Taint> taints, boolean cordoned) {
  public ZoneNode {
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
  }
}
