package io.viking.cli.alone;

import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.cli.CommandFailure;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cloud to work with. */
final class AdapterFlags {
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

  /**
   * A channel, which connects when it is first used and again whenever that is needed.
   *
   * @throws CommandFailure if the flags are wrong
   */
  AdapterChannel open() throws IOException {
    AdapterAddress adapter = TlsFlags.address("--adapter", address);
    try {
      return AdapterChannel.open(adapter, tls.security(adapter));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--adapter: " + e.getMessage(), e);
    }
  }
}
