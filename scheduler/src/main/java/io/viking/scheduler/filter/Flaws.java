package io.viking.scheduler.filter;

import io.viking.scheduler.pod.PodShape;

/** What can never be scheduled as it is written. */
public final class Flaws implements GroupFilter {
  @Override
  public String name() {
    return "Flaws";
  }

  @Override
  public Verdict check(PodShape shape) {
    return shape.flaws().isEmpty()
        ? Verdict.PASS
        : Verdict.reject(String.join("; ", shape.flaws()));
  }
}
