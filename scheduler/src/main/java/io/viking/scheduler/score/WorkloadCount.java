package io.viking.scheduler.score;

import io.viking.scheduler.pod.Workload;
import io.viking.scheduler.zone.Population;

/** How many pods there are while a group is poured, those of this decision included. */
public final class WorkloadCount {
  private final Population population;
  private final Workload workload;
  private int everywhere;

  public WorkloadCount(Population population, Workload workload) {
    this.population = population;
    this.workload = workload;
    this.everywhere = population.count(workload);
  }

  /** Pods of the group's workload, in all zones. */
  public int everywhere() {
    return everywhere;
  }

  /** Pods of the group's workload that were in a zone when the decision began. */
  int before(String zone) {
    return population.count(workload, zone);
  }

  /** Pods of all workloads that were in a zone when the decision began. */
  int residents(String zone) {
    return population.residents(zone);
  }

  void oneMore() {
    everywhere++;
  }
}
