package io.viking.scheduler.pod;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What other pods' constraints can tell of a placed pod. Pods with an equal crowd are counted, not
 * kept one by one, so that a question about a hundred thousand pods looks at as many label sets as
 * there are workloads.
 *
 * @param terminating it still keeps others away, but counts for no spread
 * @param ties its own terms, which hold for pods that come later
 */
public record Crowd(Workload workload, Map<String, String> labels, boolean terminating, Ties ties) {
  public Crowd {
    labels = Map.copyOf(labels);
  }

  public String namespace() {
    return workload.namespace();
  }

  /** By hand: a record's own goes through method handles, which C1 does not inline. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Crowd crowd
            && terminating == crowd.terminating
            && labels.equals(crowd.labels)
            && workload.equals(crowd.workload)
            && ties.equals(crowd.ties));
  }

  /** Asked for several times with every pod: without what can hardly differ alone. */
  @Override
  public int hashCode() {
    return 31 * (31 * workload.controllerUid().hashCode() + labels.hashCode())
        + workload.namespace().hashCode();
  }
}
