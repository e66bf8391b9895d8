package io.viking.scheduler.zone;

import io.viking.cloud.v1.VSwitch;
import io.viking.cloud.v1.Zone;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One zone as filters and scores see it.
 *
 * @param zone as the catalog has it
 * @param node empty while the zone has no Node; nothing is bound there then
 */
public record Site(Zone zone, Optional<ZoneNode> node, Shelf shelf) {
  public String id() {
    return zone.getId();
  }

  /** Empty without a Node. */
  public Map<String, String> labels() {
    return node.map(ZoneNode::labels).orElse(Map.of());
  }

  public List<String> vswitches() {
    return zone.getVswitchesList().stream().map(VSwitch::getId).toList();
  }
}
