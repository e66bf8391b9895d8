package io.viking.scheduler.filter;

import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Site;
import java.util.HashSet;
import java.util.List;

/** A pod that names vSwitches of which no zone has any: it says which, and which there are. */
public final class VSwitchDemands implements GroupFilter {
  @Override
  public String name() {
    return "VSwitchDemands";
  }

  @Override
  public Verdict check(PodShape shape, List<Site> sites) {
    List<String> wanted = shape.cloud().vswitches();
    if (wanted.isEmpty()
        || sites.isEmpty()
        || sites.stream().anyMatch(site -> VSwitches.allows(wanted, site))) {
      return Verdict.PASS;
    }
    String known = NodeDemands.list(sites.stream().flatMap(site -> site.vswitches().stream()));
    var cures = new HashSet<Cure>();
    sites.forEach(site -> cures.add(new Cure.ZoneChanged(site.id())));
    return new Verdict.Reject(
        "annotation k8s.aliyun.com/eci-vswitch: no zone has %s; there are %s"
            .formatted(String.join(", ", wanted), known.isEmpty() ? "none" : known),
        cures);
  }
}
