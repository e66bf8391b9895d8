package io.viking.cli.alone;

import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.parts.KubeletSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the API server reaches the zone nodes. */
final class KubeletFlags {
  @Option(
      names = "--kubelet-address",
      paramLabel = "IP",
      defaultValue = "127.0.0.1",
      description =
          "The zone nodes' InternalIP, and where to listen: an address that the API server reaches"
              + " (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String address;

  @Option(
      names = "--kubelet-port",
      paramLabel = "PORT",
      defaultValue = "10250",
      description = "Its port (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--kubelet-cert",
      paramLabel = "FILE",
      description = "Its certificate (PEM). Without one it is not served: there are no logs.")
  private @Nullable Path certificate;

  @Option(
      names = "--kubelet-key",
      paramLabel = "FILE",
      description = "The certificate's private key (PEM, PKCS#8).")
  private @Nullable Path key;

  @Option(
      names = "--client-ca",
      paramLabel = "FILE",
      description =
          "The authority (PEM) of the API server's client certificate. Without it only bearer tokens"
              + " are taken.")
  private @Nullable Path clientAuthority;

  /**
   * @param streamingIdle an exec, attach or port-forward without a byte for so long is closed
   * @throws CommandFailure if the flags contradict each other
   */
  KubeletSettings settings(Duration streamingIdle) {
    if ((certificate == null) != (key == null)) {
      throw new CommandFailure(
          ExitCode.USAGE, "--kubelet-cert and --kubelet-key go together: name both, or neither.");
    }
    KubeletSettings.Serving serving =
        certificate == null || key == null
            ? new KubeletSettings.Serving.Not("not served: --kubelet-cert was not given")
            : new KubeletSettings.Serving.Tls(certificate, key);
    try {
      return new KubeletSettings(
          address, port, serving, Optional.ofNullable(clientAuthority), streamingIdle);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
