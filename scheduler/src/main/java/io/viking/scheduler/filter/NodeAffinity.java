package io.viking.scheduler.filter;

import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.selector.NodeWishes;
import io.viking.scheduler.type.TypeLabels;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Site;

/**
 * {@code nodeSelector} and required node affinity, over the labels of the zone's Node and of the
 * types that the zone sells: one of them has to match.
 */
public final class NodeAffinity implements ZoneFilter {
  @Override
  public String name() {
    return "NodeAffinity";
  }

  @Override
  public Verdict check(Request request, Site site) {
    if (allows(request.shape(), site)) {
      return Verdict.PASS;
    }
    String reason = "not matching the pod's node selector or affinity";
    var node = new Cure.NodeChanged(site.id());
    return TypeLabels.areRequired(request.shape().nodes())
        ? Verdict.reject(reason, node, new Cure.TypesChanged())
        : Verdict.reject(reason, node);
  }

  public static boolean allows(PodShape shape, Site site) {
    return allows(shape.nodes(), site);
  }

  static boolean allows(NodeWishes wishes, Site site) {
    return TypeLabels.allow(wishes, site);
  }
}
