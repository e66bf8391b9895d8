package io.viking.syncer.pods.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * That a pod's time is up, and how its status tells it: its containers are stopped with their grace
 * first, and then it has failed.
 *
 * @param reason of the status and of the event
 */
record Expiry(String reason, String message) {
  /** Empty while it has time, or for ever. */
  static Optional<Expiry> of(PodMachine machine, Moment moment) {
    if (ActiveDeadline.hasPassed(machine.facts(), moment)) {
      return Optional.of(new Expiry(ActiveDeadline.REASON, ActiveDeadline.MESSAGE));
    }
    return PendingLimit.hasPassed(machine, moment)
        ? Optional.of(new Expiry(PendingLimit.REASON, PendingLimit.message(machine.facts())))
        : Optional.empty();
  }

  /** When the next of its limits is reached; may be in the past. */
  static Optional<Instant> next(PodMachine machine, Moment moment) {
    Optional<Instant> deadline = ActiveDeadline.of(machine.facts());
    Optional<Instant> limit = PendingLimit.of(machine);
    boolean isLimitNext =
        limit.isPresent()
            && !moment.reached(limit.get())
            && deadline.filter(at -> at.isBefore(limit.get())).isEmpty();
    return isLimitNext ? limit : deadline;
  }
}
