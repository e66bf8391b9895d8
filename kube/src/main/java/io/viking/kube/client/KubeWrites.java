package io.viking.kube.client;

import io.viking.kube.cache.ResourceType;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The writes of {@link KubeApi} whose answers are not read, begun without waiting for them: what
 * loops make by the thousand needs no thread for each.
 *
 * <p>Each call returns at once and is made once at most. Its future holds nothing if it succeeded,
 * else what the blocking call would have thrown; it fails itself by a defect only. Who depends on
 * it is called on a thread that nobody may block. Safe for all threads.
 */
public interface KubeWrites {
  /** Writes that are made by the blocking calls, and done when they return: for models. */
  static KubeWrites blocking(KubeApi api) {
    return new BlockingWrites(api);
  }

  /** As {@link KubeApi#patch}. */
  CompletableFuture<Optional<KubeApiException>> patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json);

  /** As {@link KubeApi#delete}. */
  CompletableFuture<Optional<KubeApiException>> delete(
      ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds);

  /** As {@link KubeApi#evict}. */
  CompletableFuture<Optional<KubeApiException>> evict(String namespace, String pod, String uid);

  /** As {@link KubeApi#bind}. */
  CompletableFuture<Optional<KubeApiException>> bind(
      String namespace,
      String pod,
      String uid,
      String node,
      Map<String, String> labels,
      Map<String, String> annotations);
}
