package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;

/**
 * Zones that are being tried again after a failure come last, for pods that may not go on to
 * another. The others are told by their probe, and it goes on.
 */
public final class RecentTrouble implements ZoneScore {
  @Override
  public String name() {
    return "RecentTrouble";
  }

  @Override
  public Costs open(Request request) {
    return slot -> slot.isHot() ? 1 : 0;
  }
}
