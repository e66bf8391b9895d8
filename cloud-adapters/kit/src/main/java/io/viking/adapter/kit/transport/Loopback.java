package io.viking.adapter.kit.transport;

/** Plain text never leaves the machine. */
final class Loopback {
  private Loopback() {}

  static IllegalArgumentException refused(AdapterAddress.Tcp address) {
    return new IllegalArgumentException(
        "%s is not a loopback address, and plain text is taken on loopback only: give a certificate, a key and an authority."
            .formatted(address));
  }
}
