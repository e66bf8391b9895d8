package io.viking.syncer.pods.lifecycle;

/** What the API server wants of a pod now; everything else follows from it. */
public enum Goal {
  /** Bound to a zone of ours, and neither ended nor deleted: it wants its instance. */
  RUN,
  /** It has ended, for all to read: its instance has no purpose any more. */
  FINISH,
  /** It is being deleted: stop the instance, then let the object go. */
  STOP,
  /** There is no such object, as far as is known. */
  ORPHAN,
  /**
   * It exists and is to have no instance: a mirror pod, one that is bound elsewhere, or one of a
   * DaemonSet that another scheduler put on a zone. Failing that one would make its controller
   * create it again for ever.
   */
  LEAVE
}
