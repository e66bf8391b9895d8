package io.viking.syncer.pods.lifecycle;

/** The calls that a pod can want, each at most once at a time. */
public enum Work {
  /** Resolve the pod into an instance's spec. */
  RESOLVE,
  /** Ask the cloud for the instance. */
  CREATE,
  /** Stop and remove the instance. */
  DELETE,
  /** Ask the cloud whether it has an instance of this UID. */
  FIND,
  /** Have the pod evicted. */
  EVICT,
  /** Write the pod's status. */
  STATUS,
  /** Let the pod's object go. */
  REMOVE,
  /** Ask the API server whether the pod exists. */
  LOOK_UP
}
