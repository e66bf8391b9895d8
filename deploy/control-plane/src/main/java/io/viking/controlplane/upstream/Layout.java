package io.viking.controlplane.upstream;

import io.viking.controlplane.LoopKubeconfigs;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.pki.Pki;
import io.viking.controlplane.ports.PortName;
import io.viking.controlplane.ports.PortPlan;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where everything of one native control plane is: what the commands are written from.
 *
 * @param auditPolicy of the API server; empty: it keeps no audit log
 */
record Layout(
    DataDirectory directory,
    Pki pki,
    PortPlan.Chosen ports,
    Binaries binaries,
    String kubeletAddress,
    Optional<Path> auditPolicy,
    boolean unsafeNoFsync) {
  static final String LOOPBACK = "127.0.0.1";

  URI apiServer() {
    return https(PortName.API);
  }

  URI etcd() {
    return https(PortName.ETCD_CLIENT);
  }

  URI etcdPeer() {
    return https(PortName.ETCD_PEER);
  }

  URI controllerManager() {
    return https(PortName.CONTROLLER_MANAGER);
  }

  URI scheduler() {
    return https(PortName.SCHEDULER);
  }

  /** Of those whom the API server knows by a token. */
  Path tokens() {
    return directory.pki().resolve("tokens.csv");
  }

  /** Of viking's own processes. */
  LoopKubeconfigs loops() {
    return new LoopKubeconfigs(
        directory.operatorKubeconfig(),
        directory.loopsKubeconfig(),
        directory.pki().resolve("viking-scheduler.kubeconfig"),
        directory.pki().resolve("viking-syncer.kubeconfig"));
  }

  URI metricsServer() {
    return https(PortName.METRICS_SERVER);
  }

  /** Only metrics-server's own. */
  Path metricsServerKubeconfig() {
    return directory.pki().resolve("metrics-server.kubeconfig");
  }

  /** Only the controller manager's own: it is of no use to anybody else. */
  Path controllerManagerKubeconfig() {
    return directory.pki().resolve("controller-manager.kubeconfig");
  }

  /** Only kube-scheduler's own. */
  Path schedulerKubeconfig() {
    return directory.pki().resolve("scheduler.kubeconfig");
  }

  Path schedulerConfiguration() {
    return directory.run().resolve("kube-scheduler.yaml");
  }

  private URI https(PortName name) {
    return URI.create("https://" + LOOPBACK + ":" + ports.port(name));
  }
}
