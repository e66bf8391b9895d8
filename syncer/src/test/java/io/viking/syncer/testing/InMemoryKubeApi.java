package io.viking.syncer.testing;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import io.viking.kube.testing.FakeCache;
import io.viking.kube.testing.UnsupportedKubeApi;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes down what is asked of it; fails when told to. Reads pods from a cache's content. */
public final class InMemoryKubeApi extends UnsupportedKubeApi {
  /** One write. */
  public record Call(String verb, String path, String uid, String body) {}

  public static final String CLUSTER_ID = "cluster-uid";

  private final FakeCache<V1Pod> pods;
  private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();
  private volatile int failWith = -1;

  public InMemoryKubeApi(FakeCache<V1Pod> pods) {
    this.pods = pods;
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Fails every call with an HTTP code; -1 ends it. */
  public void failWith(int code) {
    failWith = code;
  }

  @Override
  public <T extends KubernetesObject> Optional<T> get(
      ResourceType<T> type, String namespace, String name) {
    failIfTold(type.path(namespace, name));
    if (type.equals(ResourceType.NAMESPACES)) {
      return Optional.of(
          type.type()
              .cast(new V1Namespace().metadata(new V1ObjectMeta().name(name).uid(CLUSTER_ID))));
    }
    return pods.get(namespace, name).map(type.type()::cast);
  }

  @Override
  public void patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json) {
    String path = type.path(namespace, name) + "/" + subresource;
    calls.add(new Call("patch " + format, path, "", json));
    failIfTold(path);
  }

  @Override
  public void delete(
      ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds) {
    String path = type.path(namespace, name);
    calls.add(new Call("delete", path, uid, Long.toString(gracePeriodSeconds)));
    failIfTold(path);
    pods.remove(namespace, name);
  }

  @Override
  public void evict(String namespace, String pod, String uid) {
    String path = ResourceType.PODS.path(namespace, pod);
    calls.add(new Call("evict", path, uid, ""));
    failIfTold(path);
  }

  private void failIfTold(String path) {
    int code = failWith;
    if (code >= 0) {
      throw new KubeApiException(code, "Test", path + " failed", Optional.empty());
    }
  }
}
