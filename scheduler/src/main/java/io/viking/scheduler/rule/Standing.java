package io.viking.scheduler.rule;

import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.zone.Site;

/** One rule during one decision. */
public interface Standing {
  /** Whether one more pod of the group may go there now. Asked for each pod: no allocation. */
  boolean allows(Site site);

  /** Why not; asked once, of a site that is not allowed. */
  Verdict.Reject objection(Site site);

  /** One went there. */
  void placed(Site site);

  /**
   * Whether a pod, once placed, may not be started in another zone: what is true of the chosen zone
   * now need not be true of another then.
   */
  boolean pins();

  default Verdict check(Site site) {
    return allows(site) ? Verdict.PASS : objection(site);
  }
}
