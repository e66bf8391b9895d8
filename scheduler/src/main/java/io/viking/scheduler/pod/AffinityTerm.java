package io.viking.scheduler.pod;

/**
 * A term of a pod affinity or anti-affinity.
 *
 * @param topologyKey the node label whose equal values make a domain
 */
public record AffinityTerm(String topologyKey, PodScope scope) {}
