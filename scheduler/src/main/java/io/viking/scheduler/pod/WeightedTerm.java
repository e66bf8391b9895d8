package io.viking.scheduler.pod;

/**
 * A preferred term of a pod affinity or anti-affinity.
 *
 * @param weight 1 to 100 for affinity, -1 to -100 for anti-affinity; counts for each pod that
 *     matches
 */
public record WeightedTerm(int weight, AffinityTerm term) {}
