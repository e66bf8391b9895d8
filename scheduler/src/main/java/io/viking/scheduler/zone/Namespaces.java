package io.viking.scheduler.zone;

import io.viking.scheduler.pod.PodScope;
import java.util.HashMap;
import java.util.Map;

/** The labels of all namespaces, for constraints that choose namespaces by them. */
public final class Namespaces {
  private final Map<String, Map<String, String>> labels = new HashMap<>();

  /** Gives whether anything changed by it. */
  public boolean seen(String namespace, Map<String, String> now) {
    Map<String, String> before = labels.put(namespace, Map.copyOf(now));
    return !now.equals(before);
  }

  public boolean gone(String namespace) {
    return labels.remove(namespace) != null;
  }

  /** A namespace that has not been told yet has the one label that the API server gives to all. */
  Map<String, String> labels(String namespace) {
    Map<String, String> known = labels.get(namespace);
    return known == null ? Map.of("kubernetes.io/metadata.name", namespace) : known;
  }

  boolean covers(PodScope scope, String namespace) {
    return scope.asksLabels()
        ? scope.covers(namespace, labels(namespace))
        : scope.everywhere() || scope.namespaces().contains(namespace);
  }
}
