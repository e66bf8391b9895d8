package io.viking.scheduler.loop;

/** What the API server made of a condition that says why a pod waits. */
public enum ReportOutcome {
  /** It is there; or the pod is gone and needs no telling. */
  WRITTEN,

  /** The pod has changed since it was read: the cache shows how, or is about to. */
  OUTDATED,

  /** It may work later. */
  FAILED
}
