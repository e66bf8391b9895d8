package io.viking.scheduler.filter;

import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.zone.Site;
import java.util.List;

/** Looks at a group before any one zone. A reject counts for all zones alike. */
public interface GroupFilter {
  /** As in upstream's plug-ins: CamelCase, for logs and explanations. */
  String name();

  /**
   * @param sites all zones, usable or not
   */
  Verdict check(PodShape shape, List<Site> sites);
}
