package io.viking.cli.parts;

import io.viking.scheduler.loop.PodExplanation;

/** What came of asking a scheduler about a pod. */
public sealed interface Explained {
  /** It has answered. */
  record Pod(PodExplanation explanation) implements Explained {}

  /** There is none of that name in that namespace, as far as the scheduler has heard. */
  record NoSuchPod() implements Explained {}

  /**
   * The scheduler does not answer now.
   *
   * @param why a sentence without its full stop
   */
  record NoAnswer(String why) implements Explained {}
}
