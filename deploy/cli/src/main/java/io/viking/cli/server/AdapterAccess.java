package io.viking.cli.server;

import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.kit.transport.TransportSecurity;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.pki.AuthorityName;
import io.viking.controlplane.pki.CertificatePlan;
import io.viking.controlplane.pki.Pki;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * How the adapter of a data directory is reached from other processes. TCP always has mutual TLS,
 * with certificates of an authority that signs nothing else.
 */
public final class AdapterAccess {
  static final String SERVER = "adapter";
  static final String CLIENT = "adapter-client";

  private static final List<CertificatePlan> PLANS =
      List.of(
          CertificatePlan.server(
              SERVER, AuthorityName.ADAPTER, "viking-adapter", Set.of("localhost", "127.0.0.1")),
          CertificatePlan.client(CLIENT, AuthorityName.ADAPTER, "viking-adapter-client"));

  private final Pki pki;

  public AdapterAccess(DataDirectory directory, Clock clock) {
    this.pki = new Pki(directory.pki(), clock, new SecureRandom());
  }

  /**
   * Makes and renews the certificates of both ends.
   *
   * @return what was written and why
   */
  List<String> ensureCertificates() {
    return pki.ensure(PLANS);
  }

  TransportSecurity.MutualTls server() {
    return files(SERVER);
  }

  TransportSecurity.MutualTls client() {
    return files(CLIENT);
  }

  private TransportSecurity.MutualTls files(String name) {
    return new TransportSecurity.MutualTls(
        pki.certificate(name), pki.key(name), pki.authority(AuthorityName.ADAPTER));
  }

  /**
   * A channel to the adapter; the caller closes it.
   *
   * @param address as the status names it
   */
  public AdapterChannel open(String address) throws IOException {
    return AdapterChannel.open(AdapterAddress.parse(address), client());
  }
}
