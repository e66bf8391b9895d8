package io.viking.bench.measure;

import io.viking.bench.apiserver.CallCounts;
import io.viking.bench.process.ProcessUse;
import java.util.List;
import java.util.Optional;

/**
 * What a stretch of time cost.
 *
 * @param calls at the API server until the cluster was quiet again, without those of an idle one;
 *     empty if its metrics are not shown to us
 * @param processes of this machine, as far as they are known, until the work was done: events that
 *     trickle afterwards burden no pod
 */
public record Cost(Optional<CallCounts> calls, List<ProcessUse> processes) {
  public Cost {
    processes = List.copyOf(processes);
  }
}
