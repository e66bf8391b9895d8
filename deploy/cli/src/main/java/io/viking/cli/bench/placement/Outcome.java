package io.viking.cli.bench.placement;

/**
 * What a way to place came to.
 *
 * @param money billionths of the currency's unit, by the second
 * @param waited pods that found no zone when they came
 * @param waitedSeconds for which they waited, together
 * @param refused pods that went before they had a zone
 * @param meanShare of a workload's pods the part in its fullest zone, over the time in which at
 *     least three ran: the mean of all workloads, 0 to 1
 * @param worstShare the same of the workload that is worst off
 * @param meanLoss what the loss of the zone whose loss is worst takes of a workload of more than
 *     one pod: mean of all workloads and of the whole time, 0 to 1
 * @param lostWhole such workloads that it takes as a whole, mean of the whole time
 */
record Outcome(
    String rival,
    long money,
    long podSeconds,
    int waited,
    long waitedSeconds,
    int refused,
    double meanShare,
    double worstShare,
    double meanLoss,
    double lostWhole) {}
