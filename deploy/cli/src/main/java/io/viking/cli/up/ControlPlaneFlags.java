package io.viking.cli.up;

import io.viking.controlplane.ControlPlaneMode;
import io.viking.controlplane.ControlPlaneOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the API server comes from. */
final class ControlPlaneFlags {
  @Option(
      names = "--control-plane",
      paramLabel = "MODE",
      defaultValue = "auto",
      completionCandidates = Modes.class,
      description =
          "native (upstream binaries, built once with Go), k3s (in Docker), external (the cluster of"
              + " --kubeconfig) or auto: the first that is at hand of --kubeconfig, binaries built"
              + " before, Docker, Go (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String mode;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Of a cluster that runs already, for external.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Which context of that file, if not its current one.")
  private @Nullable String context;

  @Option(
      names = "--api-port",
      paramLabel = "PORT",
      description = "Of the API server (default: a free one, chosen at the first start and kept).")
  private @Nullable Integer apiPort;

  @Option(
      names = "--kubelet-port",
      paramLabel = "PORT",
      description = "Of the zones' kubelet API, which serves logs (default: likewise).")
  private @Nullable Integer kubeletPort;

  @Option(
      names = "--kubelet-address",
      paramLabel = "IP",
      description = "Where an external API server reaches the kubelet API (default: 127.0.0.1).")
  private @Nullable String kubeletAddress;

  @Option(
      names = "--hybrid",
      description =
          "Run kube-scheduler too, for real nodes that join; then only pods that choose zones get"
              + " one. A cluster of --kubeconfig is one without being told.")
  private boolean hybrid;

  @Option(
      names = "--no-choice-policy",
      description =
          "In a hybrid cluster, do not write the MutatingAdmissionPolicies by which labels and"
              + " tolerations choose zones: only schedulerName does.")
  private boolean noChoicePolicy;

  @Option(
      names = "--no-door",
      description =
          "Do not write the ValidatingAdmissionPolicies that refuse what the pool cannot honour.")
  private boolean noDoor;

  @Option(
      names = "--no-metrics-server",
      description =
          "Do not run metrics-server: without it there is no kubectl top, and no autoscaler on CPU or"
              + " memory works. It runs with a native control plane only.")
  private boolean noMetricsServer;

  @Option(
      names = "--audit-policy",
      paramLabel = "FILE",
      description =
          "An audit.k8s.io/v1 Policy by which the API server keeps logs/audit.log. For native.")
  private @Nullable Path auditPolicy;

  @Option(
      names = "--unsafe-no-fsync",
      description = "etcd does not wait for the disk: faster, and a power cut loses the cluster.")
  private boolean unsafeNoFsync;

  /** The values of {@code --control-plane}. */
  static final class Modes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(ControlPlaneMode.values()).map(ControlPlaneMode::flag).iterator();
    }
  }

  /**
   * The options that the flags say.
   *
   * @throws io.viking.controlplane.ControlPlaneException if a value is unknown
   * @throws IllegalArgumentException with a sentence, if flags contradict each other
   */
  ControlPlaneOptions options() {
    var options = ControlPlaneOptions.defaults().withMode(ControlPlaneMode.parse(mode));
    if (options.mode() == ControlPlaneMode.EXTERNAL && kubeconfig == null) {
      throw new IllegalArgumentException(
          "--control-plane=external needs the cluster: name it with --kubeconfig FILE.");
    }
    if (hybrid) {
      options = hybrid(options);
    }
    if (kubeconfig != null) {
      options = options.withKubeconfig(kubeconfig.toAbsolutePath());
    }
    if (context != null && kubeconfig == null) {
      throw new IllegalArgumentException(
          "--context=%s is of a kubeconfig: name its file with --kubeconfig FILE."
              .formatted(context));
    }
    if (context != null) {
      options = options.withContext(context);
    }
    if (apiPort != null) {
      options = options.withApiPort(port("--api-port", apiPort));
    }
    if (kubeletPort != null) {
      options = options.withKubeletPort(port("--kubelet-port", kubeletPort));
    }
    if (kubeletAddress != null) {
      options = options.withKubeletAddress(kubeletAddress);
    }
    if (auditPolicy != null) {
      options = audited(options, auditPolicy.toAbsolutePath());
    }
    return options.withMetricsServer(!noMetricsServer).withUnsafeNoFsync(unsafeNoFsync);
  }

  /** Whether pods of a hybrid cluster may choose zones by more than {@code schedulerName}. */
  boolean choicePolicy() {
    return !noChoicePolicy;
  }

  /** Whether what the pool cannot honour is to be refused by admission policies. */
  boolean door() {
    return !noDoor;
  }

  /** Nothing but upstream's own binaries can be told to leave zones alone. */
  private ControlPlaneOptions hybrid(ControlPlaneOptions options) {
    if (kubeconfig != null) {
      throw new IllegalArgumentException(
          "--hybrid is for a control plane of viking's own: the cluster of --kubeconfig has its"
              + " scheduler, so leave the flag out.");
    }
    return switch (options.mode()) {
      case AUTO, NATIVE -> options.withMode(ControlPlaneMode.NATIVE).withHybrid(true);
      case K3S, EXTERNAL ->
          throw new IllegalArgumentException(
              "--hybrid needs --control-plane=native, which \"%s\" is not.".formatted(mode));
    };
  }

  private ControlPlaneOptions audited(ControlPlaneOptions options, Path policy) {
    if (!Files.isReadable(policy)) {
      throw new IllegalArgumentException(
          "--audit-policy=%s is not a file that can be read.".formatted(policy));
    }
    if (kubeconfig != null) {
      throw new IllegalArgumentException(
          "--audit-policy is for a control plane of viking's own: the cluster of --kubeconfig has its"
              + " flags, so leave this one out.");
    }
    return switch (options.mode()) {
      case AUTO, NATIVE -> options.withMode(ControlPlaneMode.NATIVE).withAuditPolicy(policy);
      case K3S, EXTERNAL ->
          throw new IllegalArgumentException(
              "--audit-policy needs --control-plane=native, which \"%s\" is not.".formatted(mode));
    };
  }

  private static int port(String flag, int value) {
    if (value < 1 || value > 65535) {
      throw new IllegalArgumentException(
          "%s=%d is no port: name one of 1 to 65535.".formatted(flag, value));
    }
    return value;
  }
}
