package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;

/** The price per second of the type that the pod would get. */
public final class Cheapest implements ZoneScore {
  @Override
  public String name() {
    return "Cheapest";
  }

  @Override
  public Costs open(Request request) {
    return Slot::price;
  }
}
