package io.viking.controlplane;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where the API server comes from: the values of {@code --control-plane}. */
public enum ControlPlaneMode {
  /**
   * The first that is at hand: the named kubeconfig, cached binaries, k3s in Docker, the Go
   * toolchain.
   */
  AUTO,
  /** Upstream binaries as our child processes, built once with the Go toolchain. */
  NATIVE,
  /** k3s without agent and scheduler, in a container of the local Docker engine. */
  K3S,
  /** The cluster that a kubeconfig names; nothing is started or stopped. */
  EXTERNAL;

  /**
   * Reads a flag's value, in any case.
   *
   * @throws ControlPlaneException if it is none of the four
   */
  public static ControlPlaneMode parse(String value) {
    for (ControlPlaneMode mode : values()) {
      if (mode.flag().equals(value.toLowerCase(Locale.ROOT))) {
        return mode;
      }
    }
    String known =
        Arrays.stream(values()).map(ControlPlaneMode::flag).collect(Collectors.joining(", "));
    throw new ControlPlaneException(
        "--control-plane=" + value + " is unknown: use one of " + known + ".");
  }

  /** The value as a flag spells it. */
  public String flag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
