package io.viking.bench.churn;

import io.viking.bench.measure.Cost;
import io.viking.bench.measure.Percentiles;

/**
 * What was measured.
 *
 * @param pods that count
 * @param createCall of the client: what the API server itself takes to accept a pod
 * @param toReady from the beginning of that call to the watch event that says Ready
 * @param toReadySinceSeen to the same from the pod's first watch event
 * @param toGone from the beginning of the delete call to the watch event that says so
 * @param cost of all pods that came and went while it was measured
 */
public record ChurnReport(
    int present,
    int perSecond,
    int pods,
    Percentiles createCall,
    Percentiles toReady,
    Percentiles toReadySinceSeen,
    Percentiles toGone,
    Cost cost) {}
