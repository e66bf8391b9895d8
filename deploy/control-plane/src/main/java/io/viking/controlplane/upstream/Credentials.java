package io.viking.controlplane.upstream;

import static io.viking.controlplane.pki.AuthorityName.CLUSTER;
import static io.viking.controlplane.pki.AuthorityName.ETCD;

import io.viking.controlplane.pki.ClientTls;
import io.viking.controlplane.pki.Kubeconfig;
import io.viking.controlplane.pki.Pki;
import io.viking.controlplane.pki.TokenFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.SSLContext;

/** The certificates and kubeconfigs of one native control plane, and the clients that use them. */
final class Credentials {
  private static final String CONTEXT = "viking";
  private static final String LOOPS = "loops";

  private final Layout layout;

  Credentials(Layout layout) {
    this.layout = layout;
  }

  /**
   * Makes and renews what is needed; the components read renewed files by themselves.
   *
   * @return what was written and why
   */
  List<String> ensure() {
    List<String> written = layout.pki().ensure(ClusterCertificates.plans(layout.kubeletAddress()));
    kubeconfig(ClusterCertificates.ADMIN, layout.directory().adminKubeconfig());
    kubeconfig(LOOPS, layout.directory().loopsKubeconfig(), new Kubeconfig.Token(loopsToken()));
    kubeconfig(ClusterCertificates.CONTROLLER_MANAGER, layout.controllerManagerKubeconfig());
    kubeconfig(ClusterCertificates.SCHEDULER, layout.schedulerKubeconfig());
    kubeconfig(ClusterCertificates.METRICS_SERVER, layout.metricsServerKubeconfig());
    return written;
  }

  /** All rights, until the loops' rights are written down as a ClusterRole of their own. */
  private String loopsToken() {
    return new TokenFile(layout.tokens())
        .ensure("system:viking", ClusterCertificates.ADMINISTRATORS, new SecureRandom());
  }

  private void kubeconfig(String user, Path file) {
    Pki pki = layout.pki();
    kubeconfig(user, file, new Kubeconfig.ClientCertificate(pki.certificate(user), pki.key(user)));
  }

  private void kubeconfig(String user, Path file, Kubeconfig.Credential credential) {
    new Kubeconfig(
            layout.apiServer(),
            CONTEXT,
            CONTEXT + "-" + user,
            layout.pki().authority(CLUSTER),
            credential)
        .write(file);
  }

  HealthCheck etcdHealth() {
    String client = ClusterCertificates.API_SERVER_ETCD_CLIENT;
    return new HealthCheck(
        layout.etcd(),
        "/health",
        ClientTls.context(
            layout.pki().authority(ETCD),
            layout.pki().certificate(client),
            layout.pki().key(client)));
  }

  HealthCheck apiServerHealth() {
    return new HealthCheck(layout.apiServer(), "/readyz", administrator());
  }

  HealthCheck controllerManagerHealth() {
    return new HealthCheck(layout.controllerManager(), "/healthz", administrator());
  }

  HealthCheck schedulerHealth() {
    return new HealthCheck(layout.scheduler(), "/readyz", administrator());
  }

  /** Alive, not ready: it is ready only when there are pods that it has measured twice. */
  HealthCheck metricsServerHealth() {
    return new HealthCheck(layout.metricsServer(), "/livez", administrator());
  }

  private SSLContext administrator() {
    return ClientTls.context(
        layout.pki().authority(CLUSTER),
        layout.pki().certificate(ClusterCertificates.ADMIN),
        layout.pki().key(ClusterCertificates.ADMIN));
  }
}
