package io.viking.controlplane;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a user may choose about the control plane. Ports that are not named are chosen free at the
 * first start and kept in the data directory.
 *
 * @param kubeconfig the cluster to use, for {@link ControlPlaneMode#EXTERNAL}; {@code --kubeconfig}
 * @param context of that kubeconfig, if not its current one
 * @param apiPort {@code --api-port}
 * @param kubeletPort {@code --kubelet-port}
 * @param kubeletAddress the zone nodes' InternalIP, an IP literal that the API server can reach
 * @param hybrid kube-scheduler runs too, for the pods of real nodes that join; only where the
 *     control plane is {@link ControlPlaneMode#NATIVE}
 * @param metricsServer metrics-server runs too; only where the control plane is {@link
 *     ControlPlaneMode#NATIVE}
 * @param unsafeNoFsync etcd does not wait for the disk: a power cut may lose the cluster. Tests and
 *     benchmarks only
 */
public record ControlPlaneOptions(
    ControlPlaneMode mode,
    Optional<Path> kubeconfig,
    Optional<String> context,
    OptionalInt apiPort,
    OptionalInt kubeletPort,
    String kubeletAddress,
    boolean hybrid,
    boolean metricsServer,
    boolean unsafeNoFsync) {

  /** Loopback, automatic mode, chosen ports, safe disk writes. */
  public static ControlPlaneOptions defaults() {
    return new ControlPlaneOptions(
        ControlPlaneMode.AUTO,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        "127.0.0.1",
        false,
        true,
        false);
  }

  public ControlPlaneOptions withMode(ControlPlaneMode value) {
    return new ControlPlaneOptions(
        value,
        kubeconfig,
        context,
        apiPort,
        kubeletPort,
        kubeletAddress,
        hybrid,
        metricsServer,
        unsafeNoFsync);
  }

  public ControlPlaneOptions withKubeconfig(Path value) {
    return new ControlPlaneOptions(
        mode,
        Optional.of(value),
        context,
        apiPort,
        kubeletPort,
        kubeletAddress,
        hybrid,
        metricsServer,
        unsafeNoFsync);
  }

  public ControlPlaneOptions withContext(String value) {
    return new ControlPlaneOptions(
        mode,
        kubeconfig,
        Optional.of(value),
        apiPort,
        kubeletPort,
        kubeletAddress,
        hybrid,
        metricsServer,
        unsafeNoFsync);
  }

  public ControlPlaneOptions withApiPort(int value) {
    return new ControlPlaneOptions(
        mode,
        kubeconfig,
        context,
        OptionalInt.of(value),
        kubeletPort,
        kubeletAddress,
        hybrid,
        metricsServer,
        unsafeNoFsync);
  }

  public ControlPlaneOptions withKubeletPort(int value) {
    return new ControlPlaneOptions(
        mode,
        kubeconfig,
        context,
        apiPort,
        OptionalInt.of(value),
        kubeletAddress,
        hybrid,
        metricsServer,
        unsafeNoFsync);
  }

  public ControlPlaneOptions withKubeletAddress(String value) {
    return new ControlPlaneOptions(
        mode,
        kubeconfig,
        context,
        apiPort,
        kubeletPort,
        value,
        hybrid,
        metricsServer,
        unsafeNoFsync);
  }

  public ControlPlaneOptions withUnsafeNoFsync(boolean value) {
    return new ControlPlaneOptions(
        mode,
        kubeconfig,
        context,
        apiPort,
        kubeletPort,
        kubeletAddress,
        hybrid,
        metricsServer,
        value);
  }

  public ControlPlaneOptions withHybrid(boolean value) {
    return new ControlPlaneOptions(
        mode,
        kubeconfig,
        context,
        apiPort,
        kubeletPort,
        kubeletAddress,
        value,
        metricsServer,
        unsafeNoFsync);
  }

  public ControlPlaneOptions withMetricsServer(boolean value) {
    return new ControlPlaneOptions(
        mode,
        kubeconfig,
        context,
        apiPort,
        kubeletPort,
        kubeletAddress,
        hybrid,
        value,
        unsafeNoFsync);
  }
}
