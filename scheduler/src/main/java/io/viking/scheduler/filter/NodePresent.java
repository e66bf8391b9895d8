package io.viking.scheduler.filter;

import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Site;

/**
 * Nothing is bound to a zone whose Node does not exist: pods on a missing node are skipped by the
 * EndpointSlice controller and collected by the pod garbage collector.
 */
public final class NodePresent implements ZoneFilter {
  @Override
  public String name() {
    return "NodePresent";
  }

  @Override
  public Verdict check(Request request, Site site) {
    return site.node().isPresent()
        ? Verdict.PASS
        : Verdict.reject("without a Node yet", new Cure.NodeChanged(site.id()));
  }
}
