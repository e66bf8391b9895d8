package io.viking.scheduler.filter;

import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.zone.Site;
import java.util.List;

/** What can never be scheduled as it is written. */
public final class Flaws implements GroupFilter {
  @Override
  public String name() {
    return "Flaws";
  }

  @Override
  public Verdict check(PodShape shape, List<Site> sites) {
    return shape.flaws().isEmpty()
        ? Verdict.PASS
        : Verdict.reject(String.join("; ", shape.flaws()));
  }
}
