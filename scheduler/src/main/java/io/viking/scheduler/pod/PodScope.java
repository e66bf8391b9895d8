package io.viking.scheduler.pod;

import io.viking.scheduler.selector.LabelMatch;
import java.util.Map;
import java.util.Set;

/**
 * Which pods a constraint looks at.
 *
 * @param namespaces in which it looks, beside those that {@code namespaceMatch} takes
 * @param namespaceMatch by a namespace's labels
 * @param match by a pod's labels
 */
public record PodScope(Set<String> namespaces, LabelMatch namespaceMatch, LabelMatch match) {
  public PodScope {
    namespaces = Set.copyOf(namespaces);
  }

  /** In one namespace only. */
  public static PodScope in(String namespace, LabelMatch match) {
    return new PodScope(Set.of(namespace), LabelMatch.NOTHING, match);
  }

  /** It looks into all namespaces, whatever their labels. */
  public boolean everywhere() {
    return namespaceMatch.everything();
  }

  /** Whether a namespace's labels decide if it looks there. */
  public boolean asksLabels() {
    return !namespaceMatch.nothing() && !namespaceMatch.everything();
  }

  public boolean covers(String namespace, Map<String, String> namespaceLabels) {
    return namespaces.contains(namespace) || namespaceMatch.test(namespaceLabels);
  }
}
