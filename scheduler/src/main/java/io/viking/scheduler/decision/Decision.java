package io.viking.scheduler.decision;

import java.util.List;
import java.util.Optional;

/**
 * What became of a group.
 *
 * @param placements one for each pod that has a zone, in the order of the pods
 * @param rest why the others have none; empty if there are none, or if they are to be decided again
 *     once these placements count
 */
public record Decision(List<Placement> placements, Optional<Unplaced> rest) {
  public Decision {
    placements = List.copyOf(placements);
  }
}
