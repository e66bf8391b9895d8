package io.viking.scheduler.zone;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import com.google.common.collect.Multisets;
import io.viking.scheduler.pod.AffinityTerm;

/** A term that pods of one namespace carry that have a zone. Two are never equal. */
public final class HeldTerm {
  private final String namespace;
  private final int weight;
  private final AffinityTerm term;
  final Multiset<String> holders = HashMultiset.create();

  HeldTerm(String namespace, int weight, AffinityTerm term) {
    this.namespace = namespace;
    this.weight = weight;
    this.term = term;
  }

  /** Of the pods that carry it. */
  public String namespace() {
    return namespace;
  }

  /** As {@link io.viking.scheduler.pod.WeightedTerm} has it; 0 of required anti-affinity. */
  public int weight() {
    return weight;
  }

  public AffinityTerm term() {
    return term;
  }

  /** Zones by how many of the pods are there; a view. */
  public Multiset<String> zones() {
    return Multisets.unmodifiableMultiset(holders);
  }
}
