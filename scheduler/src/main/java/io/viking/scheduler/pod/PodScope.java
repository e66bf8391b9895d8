package io.viking.scheduler.pod;

import io.viking.scheduler.selector.LabelMatch;
import java.util.Map;
import java.util.Set;

/**
 * Which pods a constraint looks at.
 *
 * @param namespaces in which it looks; ignored if {@code everywhere}
 */
public record PodScope(boolean everywhere, Set<String> namespaces, LabelMatch match) {
  public PodScope {
    namespaces = Set.copyOf(namespaces);
  }

  public boolean test(String namespace, Map<String, String> labels) {
    return covers(namespace) && match.test(labels);
  }

  public boolean covers(String namespace) {
    return everywhere || namespaces.contains(namespace);
  }
}
