package io.viking.scheduler.volume;

import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.selector.NodeWishes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A PersistentVolume.
 *
 * @param resourceVersion for a write that must not meet a newer one
 * @param storageClass empty: none
 * @param capacity bytes
 * @param mode Filesystem or Block
 * @param nodes its node affinity
 * @param topology zone and region as its labels have them, as old provisioners did it
 * @param holder whose it is
 * @param free available, and not on its way out
 */
public record Volume(
    String name,
    String uid,
    String resourceVersion,
    String storageClass,
    BigDecimal capacity,
    Set<String> accessModes,
    String mode,
    Map<String, String> labels,
    NodeWishes nodes,
    List<LabelRule> topology,
    Optional<Holder> holder,
    boolean free) {
  /**
   * The claim that it is bound to or kept for.
   *
   * @param uid empty: any claim of that name
   */
  public record Holder(ClaimKey claim, String uid) {
    public boolean is(Claim other) {
      return claim.equals(other.key()) && (uid.isEmpty() || uid.equals(other.uid()));
    }
  }

  public Volume {
    accessModes = Set.copyOf(accessModes);
    labels = Map.copyOf(labels);
    topology = List.copyOf(topology);
  }

  /** Whether it can be used on a node. */
  public boolean reaches(String node, Map<String, String> nodeLabels) {
    return nodes.allow(node, nodeLabels)
        && topology.stream().allMatch(rule -> rule.test(nodeLabels));
  }
}
