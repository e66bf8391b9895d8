package io.viking.bench.workload;

import io.kubernetes.client.openapi.models.V1Toleration;
import java.util.List;
import java.util.Map;

/**
 * Who schedules the pods of a storm, and where they may go: what tells one subject of a comparison
 * from another.
 *
 * @param schedulerName {@code spec.schedulerName}
 */
public record PodPlacement(
    String schedulerName, Map<String, String> nodeSelector, List<V1Toleration> tolerations) {
  public PodPlacement {
    nodeSelector = Map.copyOf(nodeSelector);
    tolerations = List.copyOf(tolerations);
  }

  /** Anywhere that this scheduler likes. */
  public static PodPlacement by(String schedulerName) {
    return new PodPlacement(schedulerName, Map.of(), List.of());
  }
}
