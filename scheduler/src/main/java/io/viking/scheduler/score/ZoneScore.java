package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;

/**
 * Tells better zones from worse ones. Scores are not weighed against each other: the next one
 * decides where all before it are equal.
 */
public interface ZoneScore {
  /** As in upstream's plug-ins: CamelCase, for logs and explanations. */
  String name();

  /** Does once what is the same for all pods of a group. */
  Costs open(Request request);

  /** A score during one decision. */
  interface Costs {
    /** What one more pod there costs; the lowest is the best. Asked for each pod: no allocation. */
    long of(Slot slot);
  }
}
