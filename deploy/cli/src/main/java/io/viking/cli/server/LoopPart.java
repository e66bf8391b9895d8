package io.viking.cli.server;

import java.util.function.BooleanSupplier;

/**
 * A loop as the status shows it.
 *
 * @param required whether the cluster is not ready without it
 * @param missing why it does not run at all; empty if it does
 */
record LoopPart(String name, BooleanSupplier ready, boolean required, String missing) {
  /** One that runs, and without which the cluster is not ready. */
  static LoopPart of(String name, BooleanSupplier ready) {
    return new LoopPart(name, ready, true, "");
  }

  /** One that cannot run here; the rest does without. */
  static LoopPart missing(String name, String why) {
    return new LoopPart(name, () -> false, false, why);
  }

  boolean isReady() {
    return ready.getAsBoolean();
  }

  /** "ready", "starting" or "missing". */
  String state() {
    return isReady() ? "ready" : missing.isEmpty() ? "starting" : "missing";
  }
}
