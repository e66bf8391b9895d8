package io.viking.scheduler;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Takes binds, patches and deletes; the scheduler makes no other call. */
final class FakeApi implements KubeApi {
  record Bound(
      String namespace,
      String pod,
      String uid,
      String node,
      Map<String, String> labels,
      Map<String, String> annotations) {}

  record Patched(String pod, String subresource, PatchFormat format, String json) {}

  record Deleted(String pod, String uid, long grace) {}

  final List<Deleted> deletes = new CopyOnWriteArrayList<>();
  final List<Bound> binds = new CopyOnWriteArrayList<>();
  final List<Patched> patches = new CopyOnWriteArrayList<>();

  /** Thrown by the next binds, one each. */
  final ConcurrentLinkedQueue<RuntimeException> bindFailures = new ConcurrentLinkedQueue<>();

  volatile Consumer<Bound> afterBind = _ -> {};

  @Override
  public void evict(String namespace, String pod, String uid) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void bind(
      String namespace,
      String pod,
      String uid,
      String node,
      Map<String, String> labels,
      Map<String, String> annotations) {
    RuntimeException failure = bindFailures.poll();
    if (failure != null) {
      throw failure;
    }
    var bound = new Bound(namespace, pod, uid, node, labels, annotations);
    binds.add(bound);
    afterBind.accept(bound);
  }

  @Override
  public void patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json) {
    patches.add(new Patched(namespace + "/" + name, subresource, format, json));
  }

  @Override
  public <T extends KubernetesObject> Optional<T> get(
      ResourceType<T> type, String namespace, String name) {
    throw unexpected();
  }

  @Override
  public <T extends KubernetesObject> List<T> list(
      ResourceType<T> type, String namespace, String fieldSelector) {
    throw unexpected();
  }

  @Override
  public <T extends KubernetesObject> T create(ResourceType<T> type, String namespace, T object) {
    throw unexpected();
  }

  @Override
  public <T extends KubernetesObject> T replace(ResourceType<T> type, T object) {
    throw unexpected();
  }

  @Override
  public void delete(
      ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds) {
    deletes.add(new Deleted(namespace + "/" + name, uid, gracePeriodSeconds));
  }

  @Override
  public AuthenticationV1TokenRequest createToken(
      String namespace, String serviceAccount, AuthenticationV1TokenRequest request) {
    throw unexpected();
  }

  static KubeApiException failure(int code, String message) {
    return new KubeApiException(code, "", message, Optional.empty());
  }

  private static AssertionError unexpected() {
    return new AssertionError("the scheduler makes no such call");
  }
}
