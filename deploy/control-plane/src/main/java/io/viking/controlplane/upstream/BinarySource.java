package io.viking.controlplane.upstream;

import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.Progress;

/** Where the binaries come from: they are at hand, or are built. */
public interface BinarySource {
  /** Whether all are there already. */
  boolean isCached();

  /**
   * Answers when all are there; that may take minutes, and the progress says how far it is.
   *
   * @throws ControlPlaneException if they cannot be had
   * @throws InterruptedException if the caller no longer wants them; what is done is not lost
   */
  Binaries obtain(Progress progress) throws InterruptedException;
}
