package io.viking.syncer.pods.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Instance types that the scheduler chose, where the pod's own annotations do not say them all. */
final class ChosenTypes {
  /** On the Binding, and so on the pod: ordered names, separated by commas. */
  static final String ANNOTATION = "viking.io/instance-types";

  private ChosenTypes() {}

  /**
   * @return empty if what the pod says holds
   */
  static List<String> of(Map<String, String> annotations) {
    return Arrays.stream(annotations.getOrDefault(ANNOTATION, "").split(","))
        .map(String::strip)
        .filter(type -> !type.isEmpty())
        .distinct()
        .toList();
  }
}
