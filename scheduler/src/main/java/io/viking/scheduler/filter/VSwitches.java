package io.viking.scheduler.filter;

import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Site;
import java.util.List;

/** A pod that names vSwitches goes to the zones that have one of them. */
public final class VSwitches implements ZoneFilter {
  @Override
  public String name() {
    return "VSwitches";
  }

  @Override
  public Verdict check(Request request, Site site) {
    List<String> wanted = request.shape().cloud().vswitches();
    return allows(wanted, site)
        ? Verdict.PASS
        : Verdict.reject(
            "without a vSwitch of the annotation k8s.aliyun.com/eci-vswitch (%s)"
                .formatted(String.join(", ", wanted)),
            new Cure.ZoneChanged(site.id()));
  }

  /**
   * @param wanted empty: any
   */
  static boolean allows(List<String> wanted, Site site) {
    return wanted.isEmpty() || site.vswitches().stream().anyMatch(wanted::contains);
  }
}
