package io.viking.kube.client;

import io.viking.kube.cache.ResourceType;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Writes that are over when the call returns. */
record BlockingWrites(KubeApi api) implements KubeWrites {
  @Override
  public CompletableFuture<Optional<KubeApiException>> patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json) {
    return made(() -> api.patch(type, namespace, name, subresource, format, json));
  }

  @Override
  public CompletableFuture<Optional<KubeApiException>> delete(
      ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds) {
    return made(() -> api.delete(type, namespace, name, uid, gracePeriodSeconds));
  }

  @Override
  public CompletableFuture<Optional<KubeApiException>> evict(
      String namespace, String pod, String uid) {
    return made(() -> api.evict(namespace, pod, uid));
  }

  @Override
  public CompletableFuture<Optional<KubeApiException>> bind(
      String namespace,
      String pod,
      String uid,
      String node,
      Map<String, String> labels,
      Map<String, String> annotations) {
    return made(() -> api.bind(namespace, pod, uid, node, labels, annotations));
  }

  private static CompletableFuture<Optional<KubeApiException>> made(Runnable call) {
    try {
      call.run();
      return CompletableFuture.completedFuture(Optional.empty());
    } catch (KubeApiException e) {
      return CompletableFuture.completedFuture(Optional.of(e));
    }
  }
}
