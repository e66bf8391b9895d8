package io.viking.kube.annotations;

/** Who acts on an annotation. */
public enum AnnotationUse {
  /** The scheduler: it chooses the zone or the instance type by it. */
  PLACEMENT,
  /** The cloud, by a field of the contract. */
  CLOUD,
  /** The syncer itself. */
  SYNCER,
  /** The cloud's adapter, if it knows it: it is checked here and handed over as it is. */
  PASSED_ON
}
