package io.viking.scheduler.pod;

/**
 * A topologySpreadConstraint.
 *
 * @param minDomains with fewer domains than this the least filled counts as empty
 * @param honorAffinity domains that the pod's node affinity excludes do not count
 * @param honorTaints domains whose taints the pod does not tolerate do not count
 */
public record SpreadConstraint(
    String topologyKey,
    PodScope scope,
    int maxSkew,
    int minDomains,
    boolean honorAffinity,
    boolean honorTaints) {}
