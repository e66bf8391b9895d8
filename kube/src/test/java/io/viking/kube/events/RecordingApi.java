package io.viking.kube.events;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import io.viking.kube.testing.UnsupportedKubeApi;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** Takes events; answers when there is a permit, and fails as it is told. */
final class RecordingApi extends UnsupportedKubeApi {
  record Patch(String namespace, String name, String json) {}

  final Semaphore permits = new Semaphore(0);
  final List<CoreV1Event> created = new CopyOnWriteArrayList<>();
  final List<String> namespaces = new CopyOnWriteArrayList<>();
  final List<Patch> patched = new CopyOnWriteArrayList<>();
  final Queue<KubeApiException> next = new ConcurrentLinkedQueue<>();

  @Override
  public <T extends KubernetesObject> T create(ResourceType<T> type, String namespace, T object) {
    answer();
    namespaces.add(namespace);
    created.add((CoreV1Event) object);
    return object;
  }

  @Override
  public void patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json) {
    answer();
    patched.add(new Patch(namespace, name, json));
  }

  private void answer() {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      throw new KubeApiException("interrupted", e);
    }
    Optional.ofNullable(next.poll())
        .ifPresent(
            failure -> {
              throw failure;
            });
  }
}
