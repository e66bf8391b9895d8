package io.viking.syncer.pods.lifecycle;

/**
 * What holds for all pods at once.
 *
 * @param known both lists are in: before that nothing is decided
 * @param cloudUp the follower stands: while it does not, nothing is deleted on either side
 */
public record World(boolean known, boolean cloudUp) {
  boolean mayDelete() {
    return known && cloudUp;
  }
}
