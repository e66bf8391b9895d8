package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;

/** The more is left in a zone, of stock and of addresses, the better. */
public final class Spare implements ZoneScore {
  @Override
  public String name() {
    return "Spare";
  }

  @Override
  public Costs open(Request request) {
    return slot -> -slot.spare();
  }
}
