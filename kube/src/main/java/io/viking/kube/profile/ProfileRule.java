package io.viking.kube.profile;

import java.util.Map;

/**
 * One of the profile's {@code selectors}: pods that have all of these labels get these additions.
 *
 * @param namespaceLabels that the pod's namespace must have; empty: any namespace
 * @param podLabels that the pod must have; empty: any pod
 */
public record ProfileRule(
    String name,
    Map<String, String> namespaceLabels,
    Map<String, String> podLabels,
    Additions effect) {
  public ProfileRule {
    namespaceLabels = Map.copyOf(namespaceLabels);
    podLabels = Map.copyOf(podLabels);
  }

  boolean covers(PodFace pod) {
    return pod.namespaceLabels().entrySet().containsAll(namespaceLabels.entrySet())
        && pod.labels().entrySet().containsAll(podLabels.entrySet());
  }
}
