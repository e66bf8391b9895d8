package io.viking.adapter.sim.core;

/** Records that do not make a cloud, or not under this profile; the message says what to do. */
public final class SnapshotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SnapshotException(String message) {
    super(message);
  }
}
