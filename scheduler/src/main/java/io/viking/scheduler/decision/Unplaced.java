package io.viking.scheduler.decision;

import io.viking.scheduler.zone.Cure;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Why the rest of a group has no zone.
 *
 * @param message for the pod's condition and event
 * @param note of the message: what is done about it; may be empty
 * @param cures changes that may help it
 * @param onlyQuota the quota of the account that alone keeps it waiting: there is a zone that would
 *     take it, with stock and by all rules; empty if it waits for something else
 */
public record Unplaced(
    String message, String note, Set<Cure> cures, Optional<OnlyQuota> onlyQuota) {
  public Unplaced {
    cures = Set.copyOf(cures);
  }

  /**
   * Whether it passes by itself, as a rule soon: when the cloud has made what was placed before.
   */
  public boolean isPassing() {
    return cures.stream().anyMatch(Cure.PodCreated.class::isInstance);
  }

  /** Whether more of something that the catalog counts may help. */
  public boolean waitsForSupplies() {
    return cures.stream().anyMatch(Cure.Supply.class::isInstance);
  }

  /**
   * @param quota its name
   * @param milliVcpu that each of the pods would take
   */
  public record OnlyQuota(String quota, long milliVcpu) {}

  /** With what is done about it, which goes before the full stop. */
  public Unplaced adding(String what) {
    return what.isEmpty()
        ? this
        : new Unplaced(
            message.substring(0, message.length() - 1) + "; " + what + ".", what, cures, onlyQuota);
  }

  /** With the same note as another that has the same reason. */
  public Unplaced notedLike(Unplaced other) {
    Unplaced noted = adding(other.note);
    return noted.message.equals(other.message) ? noted : this;
  }

  /** With one more change that may help. */
  public Unplaced orIf(Cure cure) {
    var more = new HashSet<>(cures);
    more.add(cure);
    return new Unplaced(message, note, more, onlyQuota);
  }
}
