package io.viking.bench.storm;

import io.viking.bench.workload.Mode;
import io.viking.bench.workload.PodPlacement;
import io.viking.bench.workload.TokenUse;

/**
 * What a storm is.
 *
 * @param subject who is measured, as reports call it: "viking"
 * @param createWidth creates and deletes that the client has under way at once, in mode bare
 * @param podsPerController pods that one Deployment or Job gets at most
 */
public record StormSpec(
    String subject,
    int pods,
    Mode mode,
    TokenUse token,
    PodPlacement placement,
    int createWidth,
    int podsPerController) {

  /** Between the widths at which the floor was best on two cores, 16 to 128. */
  public static final int CREATE_WIDTH = 32;

  /** One ReplicaSet is one worker of its controller, and creates 500 pods at most in one go. */
  public static final int PODS_PER_CONTROLLER = 1_000;

  public StormSpec {
    if (pods < 1) {
      throw new IllegalArgumentException("a storm needs at least one pod, not " + pods);
    }
  }

  /** With the usual widths. */
  public static StormSpec of(
      String subject, int pods, Mode mode, TokenUse token, PodPlacement placement) {
    return new StormSpec(subject, pods, mode, token, placement, CREATE_WIDTH, PODS_PER_CONTROLLER);
  }

  /** The same storm with fewer or more pods. */
  public StormSpec withPods(int number) {
    return new StormSpec(subject, number, mode, token, placement, createWidth, podsPerController);
  }
}
