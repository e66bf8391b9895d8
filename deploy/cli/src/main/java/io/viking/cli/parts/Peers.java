package io.viking.cli.parts;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.controlplane.ControlPlaneException;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What both sides must have said before the loops between them can be made.
 *
 * @param clusterId the name under which everything of a cluster stands in the cloud: the UID of
 *     kube-system
 * @param info the adapter's
 */
record Peers(String clusterId, GetInfoResponse info) {
  private static final Logger log = LoggerFactory.getLogger(Peers.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Quick repetitions, as at any start, are nobody's business. */
  private static final Duration WORTH_A_WORD = Duration.ofMillis(500);

  /**
   * Asks again and again, at growing intervals of at most five seconds.
   *
   * @param patience for both together
   * @throws ControlPlaneException if one of them is not there in time, or the API server refuses
   */
  static Peers await(KubeApi api, Channel cloud, Duration patience, Clock clock)
      throws InterruptedException {
    Instant begun = clock.instant();
    Duration pause = FIRST_PAUSE;
    while (true) {
      String absent;
      try {
        Optional<String> clusterId = clusterId(api);
        if (clusterId.isPresent()) {
          return new Peers(clusterId.get(), AdapterInfo.ask(cloud));
        }
        absent = "the API server has no namespace kube-system yet";
      } catch (KubeApiException e) {
        if (!e.isRetriable()) {
          throw new ControlPlaneException("the cluster's id cannot be read: " + e.getMessage(), e);
        }
        absent = "the API server does not answer: " + e.getMessage();
      } catch (StatusRuntimeException e) {
        absent = "the adapter does not answer: " + why(e);
      }
      if (Duration.between(begun, clock.instant()).compareTo(patience) > 0) {
        throw new ControlPlaneException(
            "not ready within %d s: %s.".formatted(patience.toSeconds(), absent));
      }
      if (pause.compareTo(WORTH_A_WORD) > 0) {
        log.warn("waiting to start, looking again in {} ms: {}", pause.toMillis(), absent);
      }
      Thread.sleep(pause);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
  }

  /** gRPC itself says "io exception"; the cause knows more. */
  private static String why(StatusRuntimeException e) {
    return Optional.ofNullable(e.getStatus().getCause())
        .map(Throwable::getMessage)
        .orElseGet(() -> e.getStatus().toString());
  }

  private static Optional<String> clusterId(KubeApi api) {
    return api.get(ResourceType.NAMESPACES, "", "kube-system")
        .map(V1Namespace::getMetadata)
        .map(V1ObjectMeta::getUid);
  }
}
