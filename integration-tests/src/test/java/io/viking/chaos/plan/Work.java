package io.viking.chaos.plan;

/** What a round asks of the cluster, in two acts: first pods come, then they go or change. */
public enum Work {
  BARE_PODS_DELETED("bare pods, then all deleted"),
  BARE_PODS_FORCE_DELETED("bare pods, then half of them deleted with grace 0"),
  BARE_PODS_REPLACED("bare pods, then deleted and made again under their names"),
  DEPLOYMENT_SCALED_DOWN("a Deployment, then a third of it"),
  DEPLOYMENT_PODS_DELETED("a Deployment, then all its pods deleted"),
  STATEFUL_SET_EVICTED("a StatefulSet, then all its pods deleted"),
  JOB("a Job to its end, then deleted");

  private final String text;

  Work(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /**
   * Whether pods are taken out of the API at once. Many of those whose syncer is away at that
   * moment cannot be told from pods that a restored backup has lost, and a human decides.
   */
  public boolean forces() {
    return this == BARE_PODS_FORCE_DELETED || this == BARE_PODS_REPLACED;
  }
}
