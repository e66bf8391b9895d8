package io.viking.controlplane.external;

import io.viking.controlplane.ApiServer;
import io.viking.controlplane.Component;
import io.viking.controlplane.ControlPlane;
import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.ControlPlaneMode;
import io.viking.controlplane.ControlPlaneOptions;
import io.viking.controlplane.KubeletEndpoint;
import io.viking.controlplane.Progress;
import io.viking.controlplane.ServingCertificate;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.PrivateFiles;
import io.viking.controlplane.ports.PortName;
import io.viking.controlplane.ports.PortPlan;
import io.viking.controlplane.ports.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;

/**
 * The cluster that a kubeconfig names. Nothing is started, stopped or asked: whoever uses the
 * {@link ApiServer} learns whether it answers. The kubelet API's certificate is to be signed by the
 * cluster's own signer, and {@link ControlPlaneOptions#kubeletAddress} must be an address that it
 * can reach.
 */
public final class ExternalControlPlane implements ControlPlane {
  private final DataDirectory directory;
  private final Path kubeconfig;
  private final ControlPlaneOptions options;

  public ExternalControlPlane(
      DataDirectory directory, Path kubeconfig, ControlPlaneOptions options) {
    this.directory = directory;
    this.kubeconfig = kubeconfig.toAbsolutePath();
    this.options = options;
  }

  @Override
  public ControlPlaneMode mode() {
    return ControlPlaneMode.EXTERNAL;
  }

  @Override
  public ApiServer start(Progress progress) {
    if (!Files.isReadable(kubeconfig)) {
      throw new ControlPlaneException(
          "--kubeconfig=%s is not a file that can be read.".formatted(kubeconfig));
    }
    ClusterReference cluster =
        ClusterReference.parse(
            PrivateFiles.read(kubeconfig), kubeconfig.toString(), options.context());
    PortPlan.Chosen ports =
        new Ports(directory.run().resolve("ports"), new SecureRandom()).choose(options);
    progress.note("Using %s, the context '%s'.".formatted(cluster.server(), cluster.context()));
    Path used = options.context().isEmpty() ? kubeconfig : copy(cluster);
    return new ApiServer(
        mode(),
        cluster.server(),
        "unknown",
        used,
        used,
        new KubeletEndpoint(
            options.kubeletAddress(),
            ports.port(PortName.KUBELET),
            new ServingCertificate.BySigningRequest(
                directory.pki().resolve("kubelet.crt"), directory.pki().resolve("kubelet.key")),
            Optional.empty()));
  }

  /** With another current context than the user's file, which is not ours to change. */
  private Path copy(ClusterReference cluster) {
    PrivateFiles.write(directory.adminKubeconfig(), new Yaml().dump(cluster.document()));
    return directory.adminKubeconfig();
  }

  @Override
  public List<Component> components() {
    return List.of();
  }

  @Override
  public void close() {}
}
