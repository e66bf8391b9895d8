package io.viking.scheduler.filter;

import io.viking.scheduler.pod.PodShape;

/** Looks at a group before any zone. A reject counts for all zones alike; it has no cures. */
public interface GroupFilter {
  /** As in upstream's plug-ins: CamelCase, for logs and explanations. */
  String name();

  Verdict check(PodShape shape);
}
