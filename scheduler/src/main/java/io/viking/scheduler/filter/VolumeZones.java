package io.viking.scheduler.filter;

import io.viking.scheduler.volume.VolumeNeeds.Fit;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Site;
import java.util.HashSet;

/** The pod's volumes are in the zone, or can be found or made there. */
public final class VolumeZones implements ZoneFilter {
  @Override
  public String name() {
    return "VolumeZones";
  }

  @Override
  public Verdict check(Request request, Site site) {
    if (request.volumes().isEmpty()) {
      return Verdict.PASS;
    }
    return switch (request.volumes().at(site.id(), site.labels())) {
      case Fit.Fits _ -> Verdict.PASS;
      case Fit.Misfit(String reason, var cures) -> {
        var all = new HashSet<>(cures);
        all.add(new Cure.NodeChanged(site.id()));
        yield new Verdict.Reject(reason, all);
      }
    };
  }
}
