package io.viking.syncer.pods.manifest;

import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.v1.VSwitch;
import io.viking.cloud.v1.Zone;
import io.viking.cloud.v1.ZoneCandidate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where an instance may run, in order: the zones of the Binding, narrowed by chosen vSwitches. */
final class ZoneCandidates {
  /** On the Binding, and so on the pod: ordered zone ids, separated by commas. */
  static final String ANNOTATION = "viking.io/zones";

  private ZoneCandidates() {}

  /**
   * @param nodeName the zone where the annotation is missing
   * @param vswitches of {@code eci-vswitch}, in order; empty = any
   * @return empty if a zone remains in none of which a chosen vSwitch lies
   */
  static List<ZoneCandidate> of(
      Map<String, String> annotations,
      String nodeName,
      List<String> vswitches,
      CatalogSnapshot catalog) {
    return Arrays.stream(annotations.getOrDefault(ANNOTATION, nodeName).split(","))
        .map(String::strip)
        .filter(zone -> !zone.isEmpty())
        .distinct()
        .map(
            zone ->
                ZoneCandidate.newBuilder()
                    .setZone(zone)
                    .addAllVswitches(within(zone, vswitches, catalog))
                    .build())
        .filter(candidate -> vswitches.isEmpty() || candidate.getVswitchesCount() > 0)
        .toList();
  }

  private static List<String> within(String zone, List<String> vswitches, CatalogSnapshot catalog) {
    if (vswitches.isEmpty()) {
      return vswitches;
    }
    List<String> ofZone =
        Optional.ofNullable(catalog.zones().get(zone)).map(Zone::getVswitchesList).stream()
            .flatMap(List::stream)
            .map(VSwitch::getId)
            .toList();
    return vswitches.stream().filter(ofZone::contains).toList();
  }
}
