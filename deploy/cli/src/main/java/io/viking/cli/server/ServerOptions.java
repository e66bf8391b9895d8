package io.viking.cli.server;

import io.viking.controlplane.ControlPlaneOptions;
import io.viking.controlplane.data.DataDirectory;
import java.util.OptionalLong;

/**
 * What {@code viking up} runs.
 *
 * @param profile of the simulated cloud: the name of one that is built in, or the path of a file
 * @param seed of the simulated cloud's chances; empty: the profile's own
 * @param httpPort of health, metrics and status; 0: any free one
 */
public record ServerOptions(
    DataDirectory directory,
    ControlPlaneOptions controlPlane,
    String profile,
    OptionalLong seed,
    int httpPort) {

  public ServerOptions {
    if (profile.isBlank()) {
      throw new IllegalArgumentException("--profile is empty: name a profile or a file.");
    }
    if (httpPort < 0 || httpPort > 65535) {
      throw new IllegalArgumentException(
          "--http-port=%d is no port: name one of 1 to 65535, or 0 for any free one."
              .formatted(httpPort));
    }
  }
}
