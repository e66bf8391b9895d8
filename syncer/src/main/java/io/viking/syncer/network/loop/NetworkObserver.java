package io.viking.syncer.network.loop;

import io.viking.cloud.v1.ErrorReason;
import java.time.Duration;

/** Hears from the core what is worth counting; returns at once. */
public interface NetworkObserver {
  NetworkObserver NONE = new NetworkObserver() {};

  /** A slice came that another one replaces. */
  default void endpointsChanged() {}

  /** The cloud has what a slice said so long ago, as far as backends or records need it. */
  default void propagated(Duration sinceChange) {}

  /** A call, or an item of it, failed and is tried again. */
  default void retry(ErrorReason reason) {}

  /** After each step. */
  default void counted(NetworkCounts counts) {}
}
