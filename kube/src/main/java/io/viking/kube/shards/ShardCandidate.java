package io.viking.kube.shards;

import io.viking.kube.election.Fence;

/**
 * What works on the shards that its process holds. Both are called by one thread, in turn, and may
 * take their time: the leases are renewed meanwhile.
 */
public interface ShardCandidate {
  /**
   * Begins to work, with the world as it is now.
   *
   * @param fence asked before each call that changes something: closed for good once any of these
   *     shards is lost, or all are withdrawn
   */
  void assigned(Share share, Fence fence) throws Exception;

  /** Stops; returns when no call is under way any more. The next assignment comes after that. */
  void withdrawn();
}
