package io.viking.syncer.pods.lifecycle;

/**
 * How often a pod has failed on its way to Running, kind by kind: a ConfigMap that came late does
 * not make the wait for stock longer.
 *
 * @param resolving failures in a row to resolve it
 * @param creating failures since it was bound to get an instance that starts
 */
record Tries(int resolving, int creating) {
  static final Tries NONE = new Tries(0, 0);

  Tries resolvingFailed() {
    return new Tries(resolving + 1, creating);
  }

  Tries resolved() {
    return new Tries(0, creating);
  }

  Tries creatingFailed() {
    return new Tries(resolving, creating + 1);
  }
}
