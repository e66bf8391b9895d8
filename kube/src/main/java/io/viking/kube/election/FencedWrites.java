package io.viking.kube.election;

import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeWrites;
import io.viking.kube.client.PatchFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Writes that are begun only while a {@link Fence} is open. */
record FencedWrites(KubeWrites writes, Fence fence) implements KubeWrites {
  @Override
  public CompletableFuture<Optional<KubeApiException>> patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json) {
    return ifOpen(() -> writes.patch(type, namespace, name, subresource, format, json));
  }

  @Override
  public CompletableFuture<Optional<KubeApiException>> delete(
      ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds) {
    return ifOpen(() -> writes.delete(type, namespace, name, uid, gracePeriodSeconds));
  }

  @Override
  public CompletableFuture<Optional<KubeApiException>> evict(
      String namespace, String pod, String uid) {
    return ifOpen(() -> writes.evict(namespace, pod, uid));
  }

  @Override
  public CompletableFuture<Optional<KubeApiException>> bind(
      String namespace,
      String pod,
      String uid,
      String node,
      Map<String, String> labels,
      Map<String, String> annotations) {
    return ifOpen(() -> writes.bind(namespace, pod, uid, node, labels, annotations));
  }

  private CompletableFuture<Optional<KubeApiException>> ifOpen(
      Supplier<CompletableFuture<Optional<KubeApiException>>> call) {
    return fence.isOpen()
        ? call.get()
        : CompletableFuture.completedFuture(Optional.of(FencedKubeApi.notFresh()));
  }
}
