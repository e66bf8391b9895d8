package io.viking.syncer.pods;

import java.util.Map;

/**
 * How many there are.
 *
 * @param byState pods by the label of their state; states without a pod are left out
 * @param instances instances that exist
 * @param orphansHeld instances without a pod that nobody deletes until somebody decides
 */
public record PodCounts(Map<String, Integer> byState, int instances, int orphansHeld) {
  public static final PodCounts NONE = new PodCounts(Map.of(), 0, 0);

  public PodCounts {
    byState = Map.copyOf(byState);
  }
}
