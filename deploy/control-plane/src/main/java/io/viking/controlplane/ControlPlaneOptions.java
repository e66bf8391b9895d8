package io.viking.controlplane;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

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
 * @param auditPolicy by which the API server keeps an audit log; only where the control plane is
 *     {@link ControlPlaneMode#NATIVE}
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
    Optional<Path> auditPolicy,
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
        Optional.empty(),
        false);
  }

  public ControlPlaneOptions withMode(ControlPlaneMode value) {
    return with(draft -> draft.mode = value);
  }

  public ControlPlaneOptions withKubeconfig(Path value) {
    return with(draft -> draft.kubeconfig = Optional.of(value));
  }

  public ControlPlaneOptions withContext(String value) {
    return with(draft -> draft.context = Optional.of(value));
  }

  public ControlPlaneOptions withApiPort(int value) {
    return with(draft -> draft.apiPort = OptionalInt.of(value));
  }

  public ControlPlaneOptions withKubeletPort(int value) {
    return with(draft -> draft.kubeletPort = OptionalInt.of(value));
  }

  public ControlPlaneOptions withKubeletAddress(String value) {
    return with(draft -> draft.kubeletAddress = value);
  }

  public ControlPlaneOptions withUnsafeNoFsync(boolean value) {
    return with(draft -> draft.unsafeNoFsync = value);
  }

  public ControlPlaneOptions withHybrid(boolean value) {
    return with(draft -> draft.hybrid = value);
  }

  public ControlPlaneOptions withMetricsServer(boolean value) {
    return with(draft -> draft.metricsServer = value);
  }

  public ControlPlaneOptions withAuditPolicy(Path value) {
    return with(draft -> draft.auditPolicy = Optional.of(value));
  }

  private ControlPlaneOptions with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** The same, to be changed in one place. */
  private static final class Draft {
    private ControlPlaneMode mode;
    private Optional<Path> kubeconfig;
    private Optional<String> context;
    private OptionalInt apiPort;
    private OptionalInt kubeletPort;
    private String kubeletAddress;
    private boolean hybrid;
    private boolean metricsServer;
    private Optional<Path> auditPolicy;
    private boolean unsafeNoFsync;

    Draft(ControlPlaneOptions from) {
      mode = from.mode;
      kubeconfig = from.kubeconfig;
      context = from.context;
      apiPort = from.apiPort;
      kubeletPort = from.kubeletPort;
      kubeletAddress = from.kubeletAddress;
      hybrid = from.hybrid;
      metricsServer = from.metricsServer;
      auditPolicy = from.auditPolicy;
      unsafeNoFsync = from.unsafeNoFsync;
    }

    ControlPlaneOptions options() {
      return new ControlPlaneOptions(
          mode,
          kubeconfig,
          context,
          apiPort,
          kubeletPort,
          kubeletAddress,
          hybrid,
          metricsServer,
          auditPolicy,
          unsafeNoFsync);
    }
  }
}
