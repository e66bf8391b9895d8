package io.viking.syncer.network.loop;

/**
 * What the network's loop has, after a step.
 *
 * @param worldKnown both sides have been listed, so that the cloud is kept in line
 * @param pending load balancers and Services' records that are not in line
 * @param orphansHeld load balancers and Services' records without an object, too many at once to be
 *     deleted unasked
 */
public record NetworkCounts(
    boolean worldKnown, int balancers, int services, int pending, int orphansHeld) {
  public static final NetworkCounts NONE = new NetworkCounts(false, 0, 0, 0, 0);
}
