package io.viking.syncer.pods;

import io.viking.cloud.v1.ErrorReason;
import java.time.Duration;
import java.util.Optional;

/** Hears from the core what is worth counting; returns at once. */
public interface PodsObserver {
  PodsObserver NONE = new PodsObserver() {};

  /**
   * An instance that we asked for runs.
   *
   * @param sinceBound the time since its bound pod was first seen
   * @param heldUpBy why its latest create failed; empty: none did
   */
  default void instanceStarted(Duration sinceBound, Optional<ErrorReason> heldUpBy) {}

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
