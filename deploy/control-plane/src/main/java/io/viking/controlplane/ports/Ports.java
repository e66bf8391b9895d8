package io.viking.controlplane.ports;

import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.ControlPlaneOptions;
import io.viking.controlplane.data.PrivateFiles;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Chooses the ports and keeps them in a file.
 *
 * <p>Candidates lie below the ranges from which systems take the local ports of outgoing
 * connections (32768 on Linux, 49152 elsewhere), so that a kept port is not taken by chance while
 * we are down.
 */
public final class Ports {
  private static final int FIRST_CANDIDATE = 16_384;
  private static final int LAST_CANDIDATE = 29_999;

  private final Path file;
  private final RandomGenerator random;

  public Ports(Path file, RandomGenerator random) {
    this.file = file;
    this.random = random;
  }

  /**
   * The ports of this start, written down for the next.
   *
   * @throws ControlPlaneException if a port that must be kept is in use
   */
  public PortPlan.Chosen choose(ControlPlaneOptions options) {
    PortPlan plan =
        PortPlan.choose(
            kept(),
            Map.of(
                PortName.API, options.apiPort(),
                PortName.KUBELET, options.kubeletPort()),
            Ports::isFree,
            () -> random.nextInt(FIRST_CANDIDATE, LAST_CANDIDATE + 1));
    return switch (plan) {
      case PortPlan.Chosen chosen -> {
        keep(chosen);
        yield chosen;
      }
      case PortPlan.Busy(PortName name, int port) ->
          throw new ControlPlaneException(
              "port %d is in use%s: stop that, or choose another with %s."
                  .formatted(
                      port,
                      PortHolder.of(port).map(holder -> " by " + holder).orElse(""),
                      name.flag()));
      case PortPlan.Exhausted() -> throw exhausted();
    };
  }

  /**
   * A port that is free now, for something that nobody outside knows.
   *
   * @throws ControlPlaneException if none was found
   */
  public static int free(RandomGenerator random) {
    return random
        .ints(PortPlan.MOST_TRIES, FIRST_CANDIDATE, LAST_CANDIDATE + 1)
        .filter(Ports::isFree)
        .findFirst()
        .orElseThrow(Ports::exhausted);
  }

  private static ControlPlaneException exhausted() {
    return new ControlPlaneException(
        "no free port between %d and %d: free some.".formatted(FIRST_CANDIDATE, LAST_CANDIDATE));
  }

  private Map<PortName, Integer> kept() {
    Map<PortName, Integer> ports = new EnumMap<>(PortName.class);
    if (!Files.exists(file)) {
      return ports;
    }
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(PrivateFiles.read(file)));
      for (PortName name : PortName.values()) {
        String value = properties.getProperty(name.key());
        if (value != null) {
          ports.put(name, Integer.parseInt(value));
        }
      }
      return ports;
    } catch (IOException | IllegalArgumentException e) {
      throw new ControlPlaneException(
          file + " is damaged: delete it, and ports are chosen anew.", e);
    }
  }

  private void keep(PortPlan.Chosen chosen) {
    PrivateFiles.write(
        file,
        chosen.ports().entrySet().stream()
            .map(entry -> entry.getKey().key() + "=" + entry.getValue() + "\n")
            .sorted()
            .collect(Collectors.joining()));
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
