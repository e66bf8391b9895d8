package io.viking.syncer.network.ingress;

import io.viking.cloud.v1.Certificate;
import java.util.Optional;

/** What a TLS Secret gives. */
public sealed interface TlsReading {
  /** A certificate and its key. */
  record Good(Certificate certificate) implements TlsReading {}

  /**
   * None, or none that can be used.
   *
   * @param why a clause: "has no tls.crt"
   * @param old what it gave before, which stays
   */
  record Bad(String why, Optional<Certificate> old) implements TlsReading {}
}
