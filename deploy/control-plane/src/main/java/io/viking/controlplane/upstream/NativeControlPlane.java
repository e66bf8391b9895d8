package io.viking.controlplane.upstream;

import io.viking.controlplane.ApiServer;
import io.viking.controlplane.Component;
import io.viking.controlplane.ControlPlane;
import io.viking.controlplane.ControlPlaneMode;
import io.viking.controlplane.ControlPlaneOptions;
import io.viking.controlplane.Environment;
import io.viking.controlplane.KubeletEndpoint;
import io.viking.controlplane.MetricsServer;
import io.viking.controlplane.Progress;
import io.viking.controlplane.ServingCertificate;
import io.viking.controlplane.Versions;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.PrivateFiles;
import io.viking.controlplane.pki.AuthorityName;
import io.viking.controlplane.pki.CertificateWatch;
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
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the upstream binaries on a data directory that this process holds.
 *
 * <p>Etcd and the API server are started together (the API server waits for etcd by itself), the
 * controller manager and a hybrid cluster's kube-scheduler when the API server is ready. They end
 * in the opposite order.
 */
public final class NativeControlPlane implements ControlPlane {
  private static final Logger log = LoggerFactory.getLogger(NativeControlPlane.class);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

  private final DataDirectory directory;
  private final BinarySource source;
  private final Optional<BinarySource> schedulerSource;
  private final Optional<BinarySource> metricsSource;
  private final ControlPlaneOptions options;
  private final Versions versions;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Pki pki;
  private final ProcessRecords records;
  private final ProcessGroup group;
  private final AtomicReference<@Nullable Thread> starter = new AtomicReference<>();
  private final List<SupervisedProcess> controllers = new CopyOnWriteArrayList<>();
  private volatile Optional<MetricsServer> metricsServer = Optional.empty();

  /**
   * @param source of the control plane's binaries
   * @param schedulerSource of kube-scheduler, if the cluster is to be a hybrid one
   * @param metricsSource of metrics-server, if there is to be one
   */
  public NativeControlPlane(
      DataDirectory directory,
      BinarySource source,
      Optional<BinarySource> schedulerSource,
      Optional<BinarySource> metricsSource,
      ControlPlaneOptions options,
      Versions versions,
      Environment environment,
      Clock clock) {
    this.directory = directory;
    this.source = source;
    this.schedulerSource = schedulerSource;
    this.metricsSource = metricsSource;
    this.options = options;
    this.versions = versions;
    this.clock = clock;
    this.pki = new Pki(directory.pki(), clock, random);
    this.records = new ProcessRecords(directory.run());
    this.group = new ProcessGroup(new Launcher(environment), records, clock);
  }

  @Override
  public ControlPlaneMode mode() {
    return ControlPlaneMode.NATIVE;
  }

  @Override
  public ApiServer start(Progress progress, Runnable meanwhile) throws InterruptedException {
    starter.set(Thread.currentThread());
    boolean started = false;
    try {
      Binaries binaries = source.obtain(progress);
      Optional<Binaries> scheduler = Optional.empty();
      if (schedulerSource.isPresent()) {
        scheduler = Optional.of(schedulerSource.get().obtain(progress));
      }
      Layout layout = prepare(binaries, progress);
      run(layout, scheduler, progress, meanwhile);
      metricsServer =
          metricsSource.map(
              metrics -> new NativeMetricsServer(layout, metrics, group, versions.metricsServer()));
      started = true;
      progress.done();
      return answer(layout);
    } finally {
      starter.set(null);
      if (!started) {
        group.close();
      }
    }
  }

  @Override
  public void awaitControllers() throws InterruptedException {
    starter.set(Thread.currentThread());
    try {
      for (SupervisedProcess controller : controllers) {
        controller.awaitReady(PATIENCE);
      }
    } finally {
      starter.set(null);
    }
  }

  /** Everything that must hold before the first process is started. */
  private Layout prepare(Binaries binaries, Progress progress) throws InterruptedException {
    new Orphans(records, directory::log, STOP_WITHIN, clock).stop(Binaries.COMPONENTS.reversed());
    new EtcdData(directory)
        .prepare(versions.kubernetes(), clock.instant())
        .ifPresent(
            copy ->
                progress.note(
                    "Backed etcd up to %s before Kubernetes %s runs on it."
                        .formatted(copy, versions.kubernetes())));
    PortPlan.Chosen ports = new Ports(directory.run().resolve("ports"), random).choose(options);
    Layout layout =
        new Layout(
            directory,
            pki,
            ports,
            binaries,
            options.kubeletAddress(),
            options.auditPolicy(),
            options.unsafeNoFsync());
    List<String> written = new Credentials(layout).ensure();
    if (!written.isEmpty()) {
      log.info("certificates written: {}", written);
    }
    return layout;
  }

  private void run(
      Layout layout, Optional<Binaries> scheduler, Progress progress, Runnable meanwhile)
      throws InterruptedException {
    Credentials credentials = new Credentials(layout);
    progress.step("starting etcd and kube-apiserver");
    HealthCheck etcdHealth = group.add(credentials.etcdHealth());
    HealthCheck apiHealth = group.add(credentials.apiServerHealth());
    HealthCheck managerHealth = group.add(credentials.controllerManagerHealth());
    SupervisedProcess etcd =
        launch(Binaries.ETCD, versions.etcd(), EtcdCommand.of(layout), etcdHealth);
    SupervisedProcess api =
        launch(Binaries.API_SERVER, versions.kubernetes(), ApiServerCommand.of(layout), apiHealth);
    meanwhile.run();
    etcd.awaitReady(PATIENCE);
    api.awaitReady(PATIENCE);
    new EtcdData(directory).written(versions.kubernetes());
    progress.step("starting kube-controller-manager");
    controllers.add(
        launch(
            Binaries.CONTROLLER_MANAGER,
            versions.kubernetes(),
            ControllerManagerCommand.of(layout),
            managerHealth));
    if (scheduler.isPresent()) {
      schedule(layout, scheduler.get(), credentials, progress);
    }
    group.add(CertificateWatch.start(credentials::ensure));
  }

  private void schedule(
      Layout layout, Binaries binaries, Credentials credentials, Progress progress)
      throws InterruptedException {
    progress.step("starting kube-scheduler");
    PrivateFiles.write(
        layout.schedulerConfiguration(), SchedulerCommand.configuration(layout).yaml());
    HealthCheck health = group.add(credentials.schedulerHealth());
    controllers.add(
        launch(
            Binaries.SCHEDULER,
            versions.kubernetes(),
            SchedulerCommand.of(layout, binaries),
            health));
  }

  private SupervisedProcess launch(
      String name, String version, List<String> command, HealthCheck health) {
    return group.launch(
        new ProcessSpec(name, version, command, directory.log(name), health, STOP_WITHIN));
  }

  private ApiServer answer(Layout layout) {
    return new ApiServer(
        mode(),
        layout.apiServer(),
        versions.kubernetes(),
        directory.adminKubeconfig(),
        layout.loops(),
        new KubeletEndpoint(
            layout.kubeletAddress(),
            layout.ports().port(PortName.KUBELET),
            new ServingCertificate.Files(
                pki.certificate(ClusterCertificates.KUBELET), pki.key(ClusterCertificates.KUBELET)),
            Optional.of(pki.authority(AuthorityName.CLUSTER))));
  }

  @Override
  public Optional<MetricsServer> metricsServer() {
    return metricsServer;
  }

  @Override
  public List<Component> components() {
    return group.components();
  }

  @Override
  public void close() {
    Thread starting = starter.get();
    if (starting != null && starting != Thread.currentThread()) {
      starting.interrupt();
    }
    group.close();
  }
}
