package io.viking.controlplane;

import java.nio.file.Path;
import java.util.Optional;

/** Which control plane a start uses (design §9): what was asked for, then what is at hand. */
sealed interface ModeChoice {

  /** The cluster that this kubeconfig names. */
  record External(Path kubeconfig) implements ModeChoice {}

  /** The upstream binaries, from the cache or built. */
  record Native() implements ModeChoice {}

  /** k3s in Docker. */
  record K3s() implements ModeChoice {}

  /** None; the sentence says why and what to do. */
  record Refused(String sentence) implements ModeChoice {}

  /** What this machine has; each is asked only when it decides something. */
  interface Machine {
    boolean binariesAreCached();

    boolean dockerAnswers();

    boolean goIsInstalled();
  }

  /**
   * @param before the mode of the cluster that the data directory holds; it is kept, since another
   *     one would begin another cluster
   */
  static ModeChoice decide(
      ControlPlaneOptions options, Optional<ControlPlaneMode> before, Machine machine) {
    ControlPlaneMode asked =
        options.mode() == ControlPlaneMode.AUTO && options.kubeconfig().isPresent()
            ? ControlPlaneMode.EXTERNAL
            : options.mode();
    if (before.isPresent() && asked != ControlPlaneMode.AUTO && asked != before.get()) {
      return new Refused(
          "this data directory holds a cluster of --control-plane=%s, not %s: name another --data-dir, or viking reset."
              .formatted(before.get().flag(), asked.flag()));
    }
    return switch (asked == ControlPlaneMode.AUTO ? before.orElse(asked) : asked) {
      case AUTO -> automatic(machine);
      case NATIVE -> nativeIfPossible(machine);
      case K3S ->
          machine.dockerAnswers()
              ? new K3s()
              : new Refused(
                  "--control-plane=k3s needs a Docker engine that answers 'docker version': start it, or use --control-plane=native.");
      case EXTERNAL ->
          options
              .kubeconfig()
              .<ModeChoice>map(External::new)
              .orElseGet(
                  () ->
                      new Refused(
                          "--control-plane=external needs the cluster's --kubeconfig to be named."));
    };
  }

  private static ModeChoice automatic(Machine machine) {
    if (machine.binariesAreCached()) {
      return new Native();
    }
    if (machine.dockerAnswers()) {
      return new K3s();
    }
    return machine.goIsInstalled()
        ? new Native()
        : new Refused(
            "there is nothing to run a Kubernetes API with: install Go from https://go.dev/dl, or start Docker, or name a cluster with --kubeconfig.");
  }

  private static ModeChoice nativeIfPossible(Machine machine) {
    return machine.binariesAreCached() || machine.goIsInstalled()
        ? new Native()
        : new Refused(
            "--control-plane=native needs Go to build Kubernetes with, once: install it from https://go.dev/dl.");
  }
}
