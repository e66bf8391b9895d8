package io.viking.scheduler.preemption;

import io.viking.scheduler.pod.Crowd;
import io.viking.scheduler.selector.LabelMatch;

/**
 * A PodDisruptionBudget.
 *
 * @param allowed pods that may be disrupted now; 0 while its status is not that of its spec
 */
public record Budget(String namespace, String name, LabelMatch selector, int allowed) {
  boolean covers(Crowd crowd) {
    return namespace.equals(crowd.namespace()) && selector.test(crowd.labels());
  }
}
