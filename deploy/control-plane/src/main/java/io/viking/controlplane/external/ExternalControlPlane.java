package io.viking.controlplane.external;

import io.viking.controlplane.ApiServer;
import io.viking.controlplane.Component;
import io.viking.controlplane.ControlPlane;
import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.ControlPlaneMode;
import io.viking.controlplane.ControlPlaneOptions;
import io.viking.controlplane.KubeletEndpoint;
import io.viking.controlplane.LoopKubeconfigs;
import io.viking.controlplane.Progress;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.PrivateFiles;
import io.viking.controlplane.external.Kubectl.Answer;
import io.viking.controlplane.pki.Pki;
import io.viking.controlplane.ports.PortName;
import io.viking.controlplane.ports.PortPlan;
import io.viking.controlplane.ports.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * The cluster that a kubeconfig names. Nothing is started or stopped. {@link
 * ControlPlaneOptions#kubeletAddress} must be an address that its API server can reach.
 */
public final class ExternalControlPlane implements ControlPlane {
  private static final Pattern VERSION = Pattern.compile("\"gitVersion\":\\s*\"([^\"]+)\"");

  private final DataDirectory directory;
  private final Path kubeconfig;
  private final Path kubectl;
  private final ControlPlaneOptions options;
  private final Clock clock;

  /**
   * @param kubectl the program
   */
  public ExternalControlPlane(
      DataDirectory directory,
      Path kubeconfig,
      Path kubectl,
      ControlPlaneOptions options,
      Clock clock) {
    this.directory = directory;
    this.kubeconfig = kubeconfig.toAbsolutePath();
    this.kubectl = kubectl;
    this.options = options;
    this.clock = clock;
  }

  @Override
  public ControlPlaneMode mode() {
    return ControlPlaneMode.EXTERNAL;
  }

  @Override
  public ApiServer start(Progress progress, Runnable meanwhile) throws InterruptedException {
    if (!Files.isReadable(kubeconfig)) {
      throw new ControlPlaneException(
          "--kubeconfig=%s is not a file that can be read.".formatted(kubeconfig));
    }
    ClusterReference cluster =
        ClusterReference.parse(
            PrivateFiles.read(kubeconfig), kubeconfig.toString(), options.context());
    Path used = options.context().isEmpty() ? kubeconfig : copy(cluster);
    progress.step("asking " + cluster.server());
    meanwhile.run();
    Kubectl client = Kubectl.of(kubectl, used);
    Answer version = client.run("get", "--raw=/version");
    Answer ready = version.isOk() ? client.run("get", "--raw=/readyz") : version;
    if (!ready.isOk()) {
      throw new ControlPlaneException(
          "the cluster %s (context '%s' of %s) does not answer: %s"
              .formatted(cluster.server(), cluster.context(), kubeconfig, ready.line()));
    }
    SecureRandom random = new SecureRandom();
    PortPlan.Chosen ports = new Ports(directory.run().resolve("ports"), random).choose(options);
    KubeletSigning signing =
        new KubeletSigning(client, new Pki(directory.pki(), clock, random), directory.pki(), clock);
    progress.step("having the kubelet API's certificate signed");
    KubeletEndpoint kubelet =
        signing.endpoint(options.kubeletAddress(), ports.port(PortName.KUBELET), progress);
    progress.done();
    return new ApiServer(
        mode(),
        cluster.server(),
        gitVersion(version.output()),
        used,
        LoopKubeconfigs.all(used),
        kubelet);
  }

  private static String gitVersion(String answer) {
    Matcher matcher = VERSION.matcher(answer);
    return matcher.find() ? matcher.group(1) : "unknown";
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
