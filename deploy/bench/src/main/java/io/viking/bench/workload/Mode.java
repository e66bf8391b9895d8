package io.viking.bench.workload;

/** Who creates the pods of a storm. */
public enum Mode {
  /** The client itself. */
  BARE,
  /** The Deployment and ReplicaSet controllers. */
  DEPLOYMENT,
  /** The Job controller. */
  JOB
}
