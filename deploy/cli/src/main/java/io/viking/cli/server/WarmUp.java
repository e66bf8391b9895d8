package io.viking.cli.server;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.controlplane.data.DataDirectory;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import java.nio.file.Files;

/**
 * Loads what the loops need to call the API server (client, TLS, models: about a second of class
 * loading) while that server is still starting.
 */
final class WarmUp {
  private WarmUp() {}

  /** Makes one call and does not care for its answer; nothing at the first start. */
  static void run(DataDirectory directory) {
    if (!Files.exists(directory.loopsKubeconfig())) {
      return;
    }
    try (KubeClients clients =
        KubeClients.of(
            directory.loopsKubeconfig(), KubeClientConfig.DEFAULT, new SimpleMeterRegistry())) {
      clients.api().get(ResourceType.NAMESPACES, "", "kube-system");
    } catch (KubeApiException | IllegalArgumentException e) {
      // Nobody listens yet, or the file is of an older cluster; the loops will see for themselves.
    }
  }
}
