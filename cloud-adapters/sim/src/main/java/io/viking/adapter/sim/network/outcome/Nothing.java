package io.viking.adapter.sim.network.outcome;

/** The value of what is only done. */
public enum Nothing {
  NOTHING
}
