package io.viking.scheduler.rule;

import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.List;
import java.util.Optional;

/**
 * A rule between pods. It counts once when a group is decided, and is told of each pod that the
 * decision places, so that the next pod of the group is judged by what is there then.
 */
public interface PlacementRule {
  /** As in upstream's plug-ins: CamelCase, for logs and explanations. */
  String name();

  /**
   * @param sites all zones, usable or not
   * @return empty if the rule has nothing to say to pods of this shape
   */
  Optional<Standing> open(PodShape shape, Population population, List<Site> sites);
}
