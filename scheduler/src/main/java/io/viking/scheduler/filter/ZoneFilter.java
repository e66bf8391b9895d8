package io.viking.scheduler.filter;

import io.viking.scheduler.zone.Site;

/**
 * Says whether a group may go to a zone, whoever else is there. A function of its arguments: asked
 * once for each zone and group, not for each pod.
 */
public interface ZoneFilter {
  /** As in upstream's plug-ins: CamelCase, for logs and explanations. */
  String name();

  Verdict check(Request request, Site site);

  /**
   * More about a reject for who asks, after its reason: what moves too often to be written to each
   * pod that waits. May be empty.
   */
  default String detail(Request request, Site site) {
    return "";
  }
}
