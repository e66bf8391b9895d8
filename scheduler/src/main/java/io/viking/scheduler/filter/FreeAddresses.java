package io.viking.scheduler.filter;

import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Site;
import java.util.List;
import java.util.Set;

/**
 * Each instance takes an address of one of the vSwitches that the pod may use. Where it may use
 * none {@link VSwitches} speaks.
 */
public final class FreeAddresses implements ZoneFilter {
  @Override
  public String name() {
    return "FreeAddresses";
  }

  @Override
  public Verdict check(Request request, Site site) {
    List<String> wanted = request.shape().cloud().vswitches();
    return !VSwitches.allows(wanted, site) || site.shelf().addresses(wanted) > 0
        ? Verdict.PASS
        : none(site);
  }

  public static Verdict.Reject none(Site site) {
    return new Verdict.Reject(
        site.shelf().isShortOfAddresses()
            ? "cooling down after the cloud had no free address"
            : "without a free address",
        Set.of(new Cure.Addresses(site.id())));
  }
}
