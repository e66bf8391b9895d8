package io.viking.controlplane;

/** As whom the API server of a native control plane knows viking's own processes. */
public final class LoopUsers {
  /** A scheduler in a process of its own. */
  public static final String SCHEDULER = "system:viking:scheduler";

  /** A syncer in a process of its own. */
  public static final String SYNCER = "system:viking:syncer";

  /** Scheduler and syncer in one process, which share their clients and caches. */
  public static final String TOGETHER = "system:viking";

  /**
   * {@code viking up} and {@code viking bench}, which install objects, rights among them, and may
   * do anything; no loop is it.
   */
  public static final String OPERATOR = "system:viking:operator";

  private LoopUsers() {}
}
