package io.viking.scheduler.volume;

import io.viking.scheduler.selector.NodeTerm;
import java.util.List;
import java.util.Map;

/**
 * A StorageClass.
 *
 * @param provisions volumes are made on demand
 * @param waits WaitForFirstConsumer: a volume is found or made once a pod has its zone
 * @param topologies where volumes can be made; empty: everywhere
 */
public record VolumeClass(
    String name, boolean provisions, boolean waits, List<NodeTerm> topologies) {
  public VolumeClass {
    topologies = List.copyOf(topologies);
  }

  boolean canMakeOneFor(String node, Map<String, String> nodeLabels) {
    return provisions
        && (topologies.isEmpty()
            || topologies.stream().anyMatch(term -> term.test(node, nodeLabels)));
  }
}
