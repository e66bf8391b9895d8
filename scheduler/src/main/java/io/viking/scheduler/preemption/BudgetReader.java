package io.viking.scheduler.preemption;

import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.viking.scheduler.pod.SelectorReader;
import org.jspecify.annotations.Nullable;

/** Reads the API's budgets into what the scheduler sees of them. */
public final class BudgetReader {
  private BudgetReader() {}

  public static Budget read(V1PodDisruptionBudget budget) {
    V1ObjectMeta metadata = budget.getMetadata();
    var spec = budget.getSpec();
    return new Budget(
        metadata == null ? "" : text(metadata.getNamespace()),
        metadata == null ? "" : text(metadata.getName()),
        SelectorReader.match(spec == null ? null : spec.getSelector()),
        isCurrent(budget) ? allowed(budget) : 0);
  }

  private static int allowed(V1PodDisruptionBudget budget) {
    var status = budget.getStatus();
    Integer allowed = status == null ? null : status.getDisruptionsAllowed();
    return allowed == null ? 0 : Math.max(0, allowed);
  }

  /** As the Eviction API has it: figures for an older spec count for nothing. */
  private static boolean isCurrent(V1PodDisruptionBudget budget) {
    var status = budget.getStatus();
    var metadata = budget.getMetadata();
    Long generation = metadata == null ? null : metadata.getGeneration();
    Long observed = status == null ? null : status.getObservedGeneration();
    return generation == null || observed != null && observed >= generation;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
