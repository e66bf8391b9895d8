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
 * time.
 */
final class Tally {
  private long unseen;
  private long credits;

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
  }

  /** A placement came to nothing here. */
  void undone(long amount) {
    unseen -= amount;
    credits = Math.min(credits, unseen);
  }

  /** To be taken off the cloud's figure. */
  long pending() {
    return unseen - credits;
  }

  boolean isEmpty() {
    return unseen == 0;
  }
}
