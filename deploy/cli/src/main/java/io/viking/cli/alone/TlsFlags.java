package io.viking.cli.alone;

import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.TransportSecurity;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The certificate of one end of an adapter's connection, and whom it trusts at the other. */
final class TlsFlags {
  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Our certificate (PEM), for a tcp: address that is not of this machine alone.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key (PEM, PKCS#8).")
  private @Nullable Path key;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "The authority (PEM) that must have signed the other end's certificate.")
  private @Nullable Path authority;

  /**
   * How the address is secured: by mutual TLS, or not at all where only this machine listens.
   *
   * @throws CommandFailure if the flags do not go with each other or with the address
   */
  TransportSecurity security(AdapterAddress address) {
    if (certificate == null && key == null && authority == null) {
      return TransportSecurity.insecure();
    }
    if (certificate == null || key == null || authority == null) {
      throw usage(
          "mutual TLS takes three files: name all of --tls-cert, --tls-key and --tls-ca, or none.");
    }
    if (!(address instanceof AdapterAddress.Tcp)) {
      throw usage(
          "TLS is for tcp: addresses, and %s is guarded by its directory: leave --tls-cert, --tls-key and --tls-ca out."
              .formatted(address));
    }
    return TransportSecurity.mutualTls(certificate, key, authority);
  }

  /**
   * Reads an address that other processes can reach.
   *
   * @throws CommandFailure if it is none
   */
  static AdapterAddress address(String flag, String text) {
    try {
      AdapterAddress address = AdapterAddress.parse(text);
      if (address instanceof AdapterAddress.InProcess) {
        throw usage(
            "%s=%s is within one process: use unix:/path or tcp:host:port.".formatted(flag, text));
      }
      return address;
    } catch (IllegalArgumentException e) {
      throw usage(flag + ": " + e.getMessage());
    }
  }

  private static CommandFailure usage(String sentence) {
    return new CommandFailure(ExitCode.USAGE, sentence);
  }
}
