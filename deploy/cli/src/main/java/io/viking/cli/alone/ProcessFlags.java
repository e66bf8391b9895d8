package io.viking.cli.alone;

import com.google.common.net.InetAddresses;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.logging.LogFormat;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a process of one part is watched. */
final class ProcessFlags {
  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "Of standard error: ${COMPLETION-CANDIDATES}, for people or for machines"
              + " (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private LogFormat logFormat;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description =
          "Of /metrics, /healthz, /readyz and /status; 0: any free one, which is logged"
              + " (default: ${DEFAULT-VALUE}).")
  private int httpPort;

  @Option(
      names = "--http-address",
      paramLabel = "IP",
      defaultValue = "127.0.0.1",
      description =
          "Where that port is served; 0.0.0.0: on all addresses, as probes and scrapers of a cluster"
              + " need it. It has no TLS, and tells nothing secret (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String httpAddress;

  @Option(
      names = "--server-file",
      hidden = true,
      description = "Set by \"viking up --apart\": where this process says how it can be asked.")
  private @Nullable Path serverFile;

  LogFormat logFormat() {
    return logFormat;
  }

  /**
   * @throws CommandFailure if it is no port
   */
  int httpPort() {
    if (httpPort < 0 || httpPort > 65535) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--http-port=%d is no port: name one of 1 to 65535, or 0 for any free one."
              .formatted(httpPort));
    }
    return httpPort;
  }

  /**
   * @throws CommandFailure if it is no IP address; a name is not looked up
   */
  InetAddress httpAddress() {
    if (!InetAddresses.isInetAddress(httpAddress)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--http-address=%s is no IP address: name one of this machine, or 0.0.0.0 for all."
              .formatted(httpAddress));
    }
    return InetAddresses.forString(httpAddress);
  }

  Optional<Path> serverFile() {
    return Optional.ofNullable(serverFile);
  }
}
