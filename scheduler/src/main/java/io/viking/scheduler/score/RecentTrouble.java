package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;

/** Zones that failed a pod not long ago come last. */
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
