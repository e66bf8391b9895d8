package io.viking.syncer.pods;

import java.util.Map;

/**
 * How many there are.
 *
 * @param worldKnown all pods and all instances are known: the loop acts
 * @param byState pods by the label of their state; states without a pod are left out
 * @param instances instances that exist
 * @param orphansHeld instances without a pod that nobody deletes until somebody decides
 */
public record PodCounts(
    boolean worldKnown, Map<String, Integer> byState, int instances, int orphansHeld) {
  public static final PodCounts NONE = new PodCounts(false, Map.of(), 0, 0);

  public PodCounts {
    byState = Map.copyOf(byState);
  }
}
