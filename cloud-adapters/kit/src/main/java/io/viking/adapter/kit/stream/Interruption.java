package io.viking.adapter.kit.stream;

import org.jspecify.annotations.Nullable;

/**
 * Interrupts the thread that works for a call, and only while it does: a pooled thread must not be
 * hit when it has gone on to something else.
 */
final class Interruption {
  private @Nullable Thread worker;
  private boolean interrupted;

  /** The calling thread begins; false if there is nothing to begin any more. */
  synchronized boolean begin() {
    if (!interrupted) {
      worker = Thread.currentThread();
    }
    return !interrupted;
  }

  synchronized void end() {
    worker = null;
    if (interrupted) {
      Thread.interrupted();
    }
  }

  synchronized void interrupt() {
    interrupted = true;
    if (worker != null) {
      worker.interrupt();
    }
  }
}
