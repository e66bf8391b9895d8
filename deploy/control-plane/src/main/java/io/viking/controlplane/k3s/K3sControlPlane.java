package io.viking.controlplane.k3s;

import com.google.common.hash.Hashing;
import io.viking.controlplane.ApiServer;
import io.viking.controlplane.Component;
import io.viking.controlplane.ControlPlane;
import io.viking.controlplane.ControlPlaneMode;
import io.viking.controlplane.ControlPlaneOptions;
import io.viking.controlplane.Environment;
import io.viking.controlplane.LoopKubeconfigs;
import io.viking.controlplane.Progress;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.PrivateFiles;
import io.viking.controlplane.external.Kubectl;
import io.viking.controlplane.external.KubeletSigning;
import io.viking.controlplane.pki.Pki;
import io.viking.controlplane.ports.PortName;
import io.viking.controlplane.ports.PortPlan;
import io.viking.controlplane.ports.Ports;
import io.viking.controlplane.process.Launcher;
import io.viking.controlplane.process.Orphans;
import io.viking.controlplane.process.ProcessGroup;
import io.viking.controlplane.process.ProcessRecords;
import io.viking.controlplane.process.ProcessSpec;
import io.viking.controlplane.process.SupervisedProcess;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Runs k3s in Docker, on Linux, where a container can share the host's network. Not yet tried
 * against an engine: only its command line is tested.
 *
 * <p>Its certificate authorities' keys belong to root inside the volume, so the kubelet API's
 * certificate is asked for by a CertificateSigningRequest, as in a cluster that is not ours.
 */
public final class K3sControlPlane implements ControlPlane {
  public static final String COMPONENT = "k3s";

  /** The first start pulls the image. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);
  private static final int KEY_LENGTH = 12;

  private final DataDirectory directory;
  private final DockerEngine docker;
  private final ControlPlaneOptions options;
  private final String version;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final ProcessRecords records;
  private final ProcessGroup group;

  public K3sControlPlane(
      DataDirectory directory,
      DockerEngine docker,
      ControlPlaneOptions options,
      String version,
      Environment environment,
      Clock clock) {
    this.directory = directory;
    this.docker = docker;
    this.options = options;
    this.version = version;
    this.clock = clock;
    this.records = new ProcessRecords(directory.run());
    this.group = new ProcessGroup(new Launcher(environment), records, clock);
  }

  @Override
  public ControlPlaneMode mode() {
    return ControlPlaneMode.K3S;
  }

  @Override
  public ApiServer start(Progress progress, Runnable meanwhile) throws InterruptedException {
    boolean started = false;
    try {
      new Orphans(records, directory::log, STOP_WITHIN, clock).stop(List.of(COMPONENT));
      PortPlan.Chosen ports = new Ports(directory.run().resolve("ports"), random).choose(options);
      K3sCommand command =
          new K3sCommand(
              docker.executable(), container(), directory.k3s(), version, ports.port(PortName.API));
      docker.succeeds(command.remove());
      for (String part : List.of("", "data", "output")) {
        PrivateFiles.directory(directory.k3s().resolve(part));
      }
      progress.step("starting " + command.image() + " in Docker");
      SupervisedProcess k3s =
          group.launch(
              new ProcessSpec(
                  COMPONENT,
                  version,
                  command.run(),
                  directory.log(COMPONENT),
                  () -> isReady(command),
                  STOP_WITHIN));
      meanwhile.run();
      k3s.awaitReady(PATIENCE);
      String kubeconfig = PrivateFiles.read(command.kubeconfig());
      PrivateFiles.write(directory.adminKubeconfig(), kubeconfig);
      ApiServer answer = answer(command, ports, progress);
      started = true;
      progress.done();
      return answer;
    } finally {
      if (!started) {
        group.close();
      }
    }
  }

  private boolean isReady(K3sCommand command) {
    return Files.isReadable(command.kubeconfig()) && docker.succeeds(command.readiness());
  }

  private ApiServer answer(K3sCommand command, PortPlan.Chosen ports, Progress progress)
      throws InterruptedException {
    KubeletSigning signing =
        new KubeletSigning(
            new Kubectl(command.kubectl()),
            new Pki(directory.pki(), clock, random),
            directory.pki(),
            clock);
    return new ApiServer(
        mode(),
        URI.create("https://127.0.0.1:" + ports.port(PortName.API)),
        version,
        directory.adminKubeconfig(),
        LoopKubeconfigs.all(directory.adminKubeconfig()),
        signing.endpoint(options.kubeletAddress(), ports.port(PortName.KUBELET), progress));
  }

  /** One name per data directory. */
  private String container() {
    return "viking-"
        + Hashing.sha256()
            .hashString(directory.path().toString(), StandardCharsets.UTF_8)
            .toString()
            .substring(0, KEY_LENGTH);
  }

  @Override
  public List<Component> components() {
    return group.components();
  }

  @Override
  public void close() {
    group.close();
  }
}
