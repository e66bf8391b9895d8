package io.viking.scheduler.pod;

import java.util.Map;

/**
 * Whose loss a zone's loss would be: the pods of one controller (a ReplicaSet, a Job), or bare pods
 * of one namespace that carry the same labels.
 *
 * @param controllerUid empty for pods without a controller
 * @param labels of pods without a controller; empty otherwise
 */
public record Workload(String namespace, String controllerUid, Map<String, String> labels) {
  public Workload {
    labels = Map.copyOf(labels);
  }

  public static Workload of(String namespace, String controllerUid, Map<String, String> podLabels) {
    return new Workload(namespace, controllerUid, controllerUid.isEmpty() ? podLabels : Map.of());
  }
}
