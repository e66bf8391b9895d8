package io.viking.scale;

import java.util.Optional;

/** Where the API server comes from. */
enum Variant {
  NATIVE,
  K3S;

  /**
   * Why it is not run; empty: it is.
   *
   * @param docker whether a Docker engine answers
   */
  Optional<String> skipped(ScaleSettings.Choice choice, boolean docker) {
    return switch (this) {
      case NATIVE ->
          switch (choice) {
            case NATIVE, BOTH -> Optional.empty();
            case K3S -> Optional.of("skipped: scale.control-plane=k3s was asked for");
            case AUTO ->
                docker
                    ? Optional.of(
                        "skipped: a Docker engine answers, so k3s is used; -Dscale.control-plane=both runs both")
                    : Optional.empty();
          };
      case K3S ->
          switch (choice) {
            case NATIVE -> Optional.of("skipped: scale.control-plane=native was asked for");
            case K3S, BOTH, AUTO ->
                docker
                    ? Optional.empty()
                    : Optional.of("skipped: no Docker engine answers, so there is no k3s");
          };
    };
  }
}
