package io.viking.simulation.world;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.syncer.pods.lifecycle.PodObject;

/**
 * How the account's quota is used when nothing happens any more.
 *
 * @param isFull whether no further instance could be bought
 * @param lowest priority of the pods that run
 */
record Crowding(boolean isFull, int lowest) {
  static Crowding of(World world) {
    return new Crowding(
        world.cloud.list().stream().filter(PodLife::lives).count() >= world.mostInstances,
        world.pods().stream()
            .filter(pod -> PodObject.phase(pod).equals("Running"))
            .mapToInt(Crowding::priority)
            .min()
            .orElse(Integer.MAX_VALUE));
  }

  /**
   * Whether a pod may wait: the quota is used up, by pods that are as urgent as it. One that is
   * bound already has been overtaken, by a pod that needed another instance, and has the next one.
   */
  boolean mayKeep(V1Pod pod) {
    return isFull && (lowest >= priority(pod) || !PodObject.nodeName(pod).isEmpty());
  }

  static int priority(V1Pod pod) {
    Integer priority = pod.getSpec() == null ? null : pod.getSpec().getPriority();
    return priority == null ? 0 : priority;
  }
}
