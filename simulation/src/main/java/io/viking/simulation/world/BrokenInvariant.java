package io.viking.simulation.world;

/** Something happened that must never happen; the message says what, of which pod. */
public final class BrokenInvariant extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenInvariant(String message) {
    super(message);
  }
}
