package io.viking.cli.alone;

import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Between whom a process works: the API server, and the cloud's adapter. */
final class PeerFlags {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      required = true,
      description = "Of the API server: its current context.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path kubeconfig;

  @Option(
      names = "--adapter",
      paramLabel = "ADDRESS",
      required = true,
      description = "Where the cloud's adapter is served: unix:/path or tcp:host:port.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String address;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private TlsFlags tls;

  Path kubeconfig() {
    return kubeconfig;
  }

  /**
   * A channel to the adapter, which connects when it is first used and again whenever that is
   * needed.
   *
   * @throws CommandFailure if the flags are wrong
   */
  AdapterChannel openAdapter() throws IOException {
    AdapterAddress adapter = TlsFlags.address("--adapter", address);
    try {
      return AdapterChannel.open(adapter, tls.security(adapter));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--adapter: " + e.getMessage(), e);
    }
  }
}
