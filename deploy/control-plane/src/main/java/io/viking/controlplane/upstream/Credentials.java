package io.viking.controlplane.upstream;

import static io.viking.controlplane.pki.AuthorityName.CLUSTER;
import static io.viking.controlplane.pki.AuthorityName.ETCD;

import com.google.common.base.Suppliers;
import io.viking.controlplane.LoopKubeconfigs;
import io.viking.controlplane.LoopUsers;
import io.viking.controlplane.pki.ClientTls;
import io.viking.controlplane.pki.Kubeconfig;
import io.viking.controlplane.pki.Pki;
import io.viking.controlplane.pki.TokenFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** The certificates and kubeconfigs of one native control plane, and the clients that use them. */
final class Credentials {
  private static final String CONTEXT = "viking";

  private final Layout layout;
  private final Supplier<SSLContext> administrator = Suppliers.memoize(this::administrator);

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
    loops();
    kubeconfig(ClusterCertificates.CONTROLLER_MANAGER, layout.controllerManagerKubeconfig());
    kubeconfig(ClusterCertificates.SCHEDULER, layout.schedulerKubeconfig());
    kubeconfig(ClusterCertificates.METRICS_SERVER, layout.metricsServerKubeconfig());
    return written;
  }

  /** Who may do anything is a member of the group; the others have what RBAC says. */
  private void loops() {
    Map<String, String> tokens =
        new TokenFile(layout.tokens())
            .ensure(
                List.of(
                    TokenFile.User.of(LoopUsers.OPERATOR, ClusterCertificates.ADMINISTRATORS),
                    TokenFile.User.of(LoopUsers.TOGETHER),
                    TokenFile.User.of(LoopUsers.SCHEDULER),
                    TokenFile.User.of(LoopUsers.SYNCER)),
                new SecureRandom());
    LoopKubeconfigs files = layout.loops();
    loop("operator", files.operator(), tokens, LoopUsers.OPERATOR);
    loop("loops", files.together(), tokens, LoopUsers.TOGETHER);
    loop("scheduler", files.scheduler(), tokens, LoopUsers.SCHEDULER);
    loop("syncer", files.syncer(), tokens, LoopUsers.SYNCER);
  }

  private void loop(String name, Path file, Map<String, String> tokens, String user) {
    kubeconfig(name, file, new Kubeconfig.Token(Objects.requireNonNull(tokens.get(user))));
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
        () ->
            ClientTls.context(
                layout.pki().authority(ETCD),
                layout.pki().certificate(client),
                layout.pki().key(client)));
  }

  HealthCheck apiServerHealth() {
    return new HealthCheck(layout.apiServer(), "/readyz", administrator);
  }

  HealthCheck controllerManagerHealth() {
    return new HealthCheck(layout.controllerManager(), "/healthz", administrator);
  }

  HealthCheck schedulerHealth() {
    return new HealthCheck(layout.scheduler(), "/readyz", administrator);
  }

  /** Alive, not ready: it is ready only when there are pods that it has measured twice. */
  HealthCheck metricsServerHealth() {
    return new HealthCheck(layout.metricsServer(), "/livez", administrator);
  }

  private SSLContext administrator() {
    return ClientTls.context(
        layout.pki().authority(CLUSTER),
        layout.pki().certificate(ClusterCertificates.ADMIN),
        layout.pki().key(ClusterCertificates.ADMIN));
  }
}
