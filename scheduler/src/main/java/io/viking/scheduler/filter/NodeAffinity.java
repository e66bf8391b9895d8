package io.viking.scheduler.filter;

import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Site;

/** {@code nodeSelector} and required node affinity, over the labels of the zone's Node. */
public final class NodeAffinity implements ZoneFilter {
  @Override
  public String name() {
    return "NodeAffinity";
  }

  @Override
  public Verdict check(Request request, Site site) {
    return allows(request.shape(), site)
        ? Verdict.PASS
        : Verdict.reject(
            "not matching the pod's node selector or affinity", new Cure.NodeChanged(site.id()));
  }

  public static boolean allows(PodShape shape, Site site) {
    return shape.nodes().allow(site.id(), site.labels());
  }
}
