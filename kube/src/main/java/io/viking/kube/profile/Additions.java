package io.viking.kube.profile;

import java.util.Map;

/** What is put on a pod beside what it carries; never instead of it. */
public record Additions(Map<String, String> labels, Map<String, String> annotations) {
  public static final Additions NONE = new Additions(Map.of(), Map.of());

  public Additions {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  public boolean isEmpty() {
    return labels.isEmpty() && annotations.isEmpty();
  }
}
