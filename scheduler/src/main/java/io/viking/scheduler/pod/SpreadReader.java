package io.viking.scheduler.pod;

import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1TopologySpreadConstraint;
import java.util.List;
import java.util.Map;

/**
 * {@code topologySpreadConstraints}. On {@code kubernetes.io/hostname} every pod has a host of its
 * own: they hold by themselves and are dropped here.
 */
final class SpreadReader {
  /**
   * @param strict with DoNotSchedule
   * @param soft with ScheduleAnyway
   */
  record Spread(List<SpreadConstraint> strict, List<SpreadConstraint> soft) {}

  private SpreadReader() {}

  static Spread read(V1PodSpec spec, String namespace, Map<String, String> labels) {
    return new Spread(
        with("DoNotSchedule", spec, namespace, labels),
        with("ScheduleAnyway", spec, namespace, labels));
  }

  private static List<SpreadConstraint> with(
      String whenUnsatisfiable, V1PodSpec spec, String namespace, Map<String, String> labels) {
    return Absent.list(spec.getTopologySpreadConstraints()).stream()
        .filter(constraint -> whenUnsatisfiable.equals(constraint.getWhenUnsatisfiable()))
        .filter(constraint -> !TiesReader.HOSTNAME.equals(constraint.getTopologyKey()))
        .map(constraint -> constraint(constraint, namespace, labels))
        .toList();
  }

  private static SpreadConstraint constraint(
      V1TopologySpreadConstraint constraint, String namespace, Map<String, String> labels) {
    return new SpreadConstraint(
        Absent.text(constraint.getTopologyKey()),
        PodScope.in(
            namespace,
            SelectorReader.match(
                constraint.getLabelSelector(), constraint.getMatchLabelKeys(), List.of(), labels)),
        constraint.getMaxSkew(),
        constraint.getMinDomains() == null ? 1 : constraint.getMinDomains(),
        !"Ignore".equals(constraint.getNodeAffinityPolicy()),
        "Honor".equals(constraint.getNodeTaintsPolicy()));
  }
}
