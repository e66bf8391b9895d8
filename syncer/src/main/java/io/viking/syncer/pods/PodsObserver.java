package io.viking.syncer.pods;

import io.viking.cloud.v1.ErrorReason;
import java.time.Duration;

/** Hears from the core what is worth counting; returns at once. */
public interface PodsObserver {
  PodsObserver NONE = new PodsObserver() {};

  /** An instance that we asked for runs; the time since its bound pod was first seen. */
  default void instanceStarted(Duration sinceBound) {}

  /** A create or delete failed and will be tried again. */
  default void cloudRetry(ErrorReason reason) {}

  /** An instance was found whose pod is not there. */
  default void orphanFound() {}

  /** Such an instance is being deleted. */
  default void orphanDeleted() {}

  /** A write met another object than it was meant for, or none. */
  default void patchConflict() {}

  /** After each step. */
  default void counted(PodCounts counts) {}
}
