package io.viking.cli.metrics;

import io.kubernetes.client.openapi.models.V1APIService;
import io.viking.cli.install.InstalledObject;
import io.viking.cli.install.Installer;
import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.MetricsServer;
import io.viking.controlplane.Progress;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * metrics-server's place in the API, which stands only as long as there is a metrics-server: while
 * an API of the cluster does not answer, no namespace can be deleted. One that somebody else has
 * put there is left alone.
 */
final class MetricsApi {
  private static final String OWNER = "app.kubernetes.io/managed-by";

  private final KubeApi api;
  private final Installer installer;

  MetricsApi(KubeApi api, Installer installer) {
    this.api = api;
    this.installer = installer;
  }

  /**
   * Starts a metrics-server, then makes it known; its rights come first.
   *
   * @return whether it serves now; false if somebody else serves this API
   * @throws ControlPlaneException if it does not start; it is not known to the API server then
   * @throws KubeApiException if the API server does not take what it needs
   * @throws IOException if its authority cannot be read
   */
  boolean serve(MetricsServer server, Progress progress) throws IOException, InterruptedException {
    Optional<V1APIService> there = find();
    if (there.filter(found -> !isOurs(found)).isPresent()) {
      return false;
    }
    if (!server.isBuilt()) {
      withdraw();
    }
    List<InstalledObject> objects =
        MetricsManifest.objects(
            server.user(), server.port(), Files.readAllBytes(server.authority()));
    for (InstalledObject object : objects.subList(0, objects.size() - 1)) {
      installer.apply(object);
    }
    try {
      server.start(progress);
    } catch (ControlPlaneException failed) {
      withdrawAfter(failed);
      throw failed;
    }
    installer.apply(objects.getLast());
    return true;
  }

  /**
   * Takes out what an earlier run has put there.
   *
   * @throws KubeApiException if the API server does not let go of it
   */
  void withdraw() throws InterruptedException {
    if (find().filter(MetricsApi::isOurs).isPresent()) {
      installer.remove(MetricsManifest.API_SERVICES, MetricsManifest.API);
    }
  }

  private void withdrawAfter(ControlPlaneException failed) throws InterruptedException {
    try {
      withdraw();
    } catch (KubeApiException e) {
      failed.addSuppressed(e);
    }
  }

  private Optional<V1APIService> find() {
    return api.get(MetricsManifest.API_SERVICES, "", MetricsManifest.API);
  }

  private static boolean isOurs(V1APIService service) {
    Map<String, String> labels = Objects.requireNonNull(service.getMetadata()).getLabels();
    return labels != null && "viking".equals(labels.get(OWNER));
  }
}
