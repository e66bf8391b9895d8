package io.viking.cli.server;

import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.controlplane.ControlPlaneException;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The name under which everything of a cluster stands in the cloud: the UID of kube-system. */
final class ClusterId {
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);

  private ClusterId() {}

  /**
   * Reads it. A new API server is ready a moment before it has made the namespace.
   *
   * @throws ControlPlaneException if it is not there within half a minute
   */
  static String read(KubeApi api, Clock clock) throws InterruptedException {
    Instant until = clock.instant().plus(WITHIN);
    while (true) {
      String reason = "there is no namespace kube-system";
      try {
        Optional<String> uid =
            api.get(ResourceType.NAMESPACES, "", "kube-system")
                .map(V1Namespace::getMetadata)
                .map(V1ObjectMeta::getUid);
        if (uid.isPresent()) {
          return uid.get();
        }
      } catch (KubeApiException e) {
        if (!e.isRetriable()) {
          throw new ControlPlaneException("the cluster's id cannot be read: " + e.getMessage(), e);
        }
        reason = String.valueOf(e.getMessage());
      }
      if (!clock.instant().isBefore(until)) {
        throw new ControlPlaneException(
            "the cluster's id cannot be read within %d s: %s."
                .formatted(WITHIN.toSeconds(), reason));
      }
      Thread.sleep(POLL);
    }
  }
}
