package io.viking.syncer.pods.files;

import java.time.Duration;

/** Hears from the core what is worth counting; returns at once. */
public interface FilesObserver {
  FilesObserver NONE = new FilesObserver() {};

  /**
   * A pod's files were looked at.
   *
   * @param result "done", "unchanged", "missing", "unread", or the cloud's reason in lower case
   */
  default void looked(String result) {}

  /** An instance has what changed so long ago, as far as we heard. */
  default void delivered(Duration sinceChange) {}

  /**
   * After each step.
   *
   * @param stale instances that do not have a change that was heard of
   */
  default void stale(int stale) {}
}
