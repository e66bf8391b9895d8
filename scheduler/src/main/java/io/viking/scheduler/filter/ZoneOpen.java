package io.viking.scheduler.filter;

import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Site;

/** The cloud sells nothing new in a zone that is not available. */
public final class ZoneOpen implements ZoneFilter {
  @Override
  public String name() {
    return "ZoneOpen";
  }

  @Override
  public Verdict check(Request request, Site site) {
    return site.zone().getAvailable()
        ? Verdict.PASS
        : Verdict.reject("closed by the cloud", new Cure.ZoneChanged(site.id()));
  }
}
