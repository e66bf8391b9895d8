package io.viking.syncer;

import io.grpc.Channel;
import io.grpc.StatusException;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.v1.CatalogServiceGrpc;
import io.viking.cloud.v1.GetCatalogRequest;
import io.viking.cloud.v1.GetInfoRequest;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.cloud.v1.InfoServiceGrpc;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the syncer must know before it can do anything.
 *
 * @param clusterId UID of namespace kube-system
 */
record Origins(String clusterId, GetInfoResponse info, CatalogSnapshot catalog) {
  private static final Logger log = LoggerFactory.getLogger(Origins.class);
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int LONGEST_PAUSE_IN_RETRIES = 10;

  /** Asks until both sides have answered. */
  static Origins await(KubeApi api, Channel cloud, Duration retry) throws InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        return new Origins(clusterId(api), info(cloud), catalog(cloud));
      } catch (KubeApiException | StatusException e) {
        Duration pause = retry.multipliedBy(Math.min(failures, LONGEST_PAUSE_IN_RETRIES));
        log.warn("syncer waits to start, tries again in {}: {}", pause, e.getMessage());
        Thread.sleep(pause);
      }
    }
  }

  private static String clusterId(KubeApi api) {
    V1Namespace namespace =
        api.get(ResourceType.NAMESPACES, "", "kube-system")
            .orElseThrow(() -> notYet("namespace kube-system does not exist yet"));
    var metadata = namespace.getMetadata();
    String uid = metadata == null ? null : metadata.getUid();
    if (uid == null || uid.isEmpty()) {
      throw notYet("namespace kube-system has no UID");
    }
    return uid;
  }

  private static KubeApiException notYet(String message) {
    return new KubeApiException(message, new IllegalStateException(message));
  }

  private static GetInfoResponse info(Channel cloud) throws StatusException {
    return InfoServiceGrpc.newBlockingV2Stub(cloud)
        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .getInfo(GetInfoRequest.getDefaultInstance());
  }

  private static CatalogSnapshot catalog(Channel cloud) throws StatusException {
    return CatalogSnapshot.of(
        CatalogServiceGrpc.newBlockingV2Stub(cloud)
            .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
            .getCatalog(GetCatalogRequest.getDefaultInstance()));
  }
}
