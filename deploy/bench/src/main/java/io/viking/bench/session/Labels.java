package io.viking.bench.session;

/** The labels by which everything that a benchmark makes is known again. */
public final class Labels {
  /** On namespaces and nodes: which run made them. */
  public static final String RUN = "bench.viking.io/run";

  /** On pods, and on what creates them: which storm of the run. */
  public static final String STORM = "bench.viking.io/storm";

  private Labels() {}
}
