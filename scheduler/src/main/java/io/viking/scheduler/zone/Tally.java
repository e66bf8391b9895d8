package io.viking.scheduler.zone;

/**
 * What placements take of a figure of the cloud that does not show it yet: instances, addresses or
 * thousandths of a vCPU.
 *
 * <p>The cloud counts instances and not pods: its figure drops at some moment after a pod was
 * placed. A drop is credited to the placements as a whole, whoever caused it, and a placement whose
 * instance is known to exist takes its credit with it. So a placement counts once, in our figure or
 * in the cloud's; for as long as a drop is later than the news of its instance, the figure is too
 * high by one. No credit is ever owed: owed ones would pile up where instances come and go at one
 * time. And none is for good: of a drop that no placement has claimed by the second {@link #recall}
 * after it (a minute apart, at least), the cause was somebody else, such as a pod that got another
 * instance.
 */
final class Tally {
  private long unseen;
  private long credits;

  /** Those of the credits that one recall has found. */
  private long old;

  void placed(long amount) {
    unseen += amount;
  }

  /** The cloud's figure dropped. */
  void dropped(long by) {
    credits = Math.min(unseen, credits + by);
  }

  /** The instance of a placement exists: the cloud's figure shows it, or is about to. */
  void started(long amount) {
    unseen -= amount;
    credits = Math.max(0, credits - amount);
    old = Math.max(0, old - amount);
  }

  /** A placement came to nothing here. */
  void undone(long amount) {
    unseen -= amount;
    credits = Math.min(credits, unseen);
    old = Math.min(old, credits);
  }

  /**
   * Takes back the credits that were here at the last one. The cloud answers, and tells no more.
   */
  void recall() {
    credits -= old;
    old = credits;
  }

  /** To be taken off the cloud's figure. */
  long pending() {
    return unseen - credits;
  }

  boolean isEmpty() {
    return unseen == 0;
  }
}
