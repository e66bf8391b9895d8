package io.viking.scheduler.filter;

import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.zone.Site;
import java.util.List;

/**
 * Pods of a DaemonSet wait for ever: a zone is no machine to run one on each. Failing them would
 * make their controller create them again and again.
 */
public final class DaemonSets implements GroupFilter {
  @Override
  public String name() {
    return "DaemonSets";
  }

  @Override
  public Verdict check(PodShape shape, List<Site> sites) {
    return shape.daemon()
        ? Verdict.reject(
            "DaemonSets do not run here: zones are no machines; add a sidecar to the pods instead,"
                + " or use a Deployment")
        : Verdict.PASS;
  }
}
