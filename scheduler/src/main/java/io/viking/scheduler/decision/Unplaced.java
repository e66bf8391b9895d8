package io.viking.scheduler.decision;

import io.viking.scheduler.zone.Cure;
import java.util.Set;

/**
 * Why the rest of a group has no zone.
 *
 * @param message for the pod's condition and event
 * @param cures changes that may help it
 */
public record Unplaced(String message, Set<Cure> cures) {
  public Unplaced {
    cures = Set.copyOf(cures);
  }
}
