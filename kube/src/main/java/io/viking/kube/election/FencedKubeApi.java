package io.viking.kube.election;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeWrites;
import io.viking.kube.client.PatchFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An API server that is written to only while a {@link Fence} is open. Else the call is refused
 * here, as by a server that is unavailable: it had no effect, and loops try it again. Reads are
 * always let through.
 */
public final class FencedKubeApi implements KubeApi {
  private static final int UNAVAILABLE = 503;

  private final KubeApi api;
  private final Fence fence;

  private FencedKubeApi(KubeApi api, Fence fence) {
    this.api = api;
    this.fence = fence;
  }

  /** The API server itself if the fence is always open. */
  public static KubeApi of(KubeApi api, Fence fence) {
    return fence == Fence.OPEN ? api : new FencedKubeApi(api, fence);
  }

  @Override
  public KubeWrites writes() {
    return new FencedWrites(api.writes(), fence);
  }

  @Override
  public <T extends KubernetesObject> Optional<T> get(
      ResourceType<T> type, String namespace, String name) {
    return api.get(type, namespace, name);
  }

  @Override
  public <T extends KubernetesObject> List<T> list(
      ResourceType<T> type, String namespace, String fieldSelector) {
    return api.list(type, namespace, fieldSelector);
  }

  @Override
  public <T extends KubernetesObject> T create(ResourceType<T> type, String namespace, T object) {
    requireOpen();
    return api.create(type, namespace, object);
  }

  @Override
  public <T extends KubernetesObject> void createUnread(
      ResourceType<T> type, String namespace, T object) {
    requireOpen();
    api.createUnread(type, namespace, object);
  }

  @Override
  public void patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json) {
    requireOpen();
    api.patch(type, namespace, name, subresource, format, json);
  }

  @Override
  public <T extends KubernetesObject> T replace(ResourceType<T> type, T object) {
    requireOpen();
    return api.replace(type, object);
  }

  @Override
  public void delete(
      ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds) {
    requireOpen();
    api.delete(type, namespace, name, uid, gracePeriodSeconds);
  }

  @Override
  public void evict(String namespace, String pod, String uid) {
    requireOpen();
    api.evict(namespace, pod, uid);
  }

  @Override
  public void bind(
      String namespace,
      String pod,
      String uid,
      String node,
      Map<String, String> labels,
      Map<String, String> annotations) {
    requireOpen();
    api.bind(namespace, pod, uid, node, labels, annotations);
  }

  @Override
  public AuthenticationV1TokenRequest createToken(
      String namespace, String serviceAccount, AuthenticationV1TokenRequest request) {
    requireOpen();
    return api.createToken(namespace, serviceAccount, request);
  }

  private void requireOpen() {
    if (!fence.isOpen()) {
      throw notFresh();
    }
  }

  static KubeApiException notFresh() {
    return new KubeApiException(
        UNAVAILABLE,
        "LeaseNotFresh",
        "not sent: this process' lease was not renewed lately, another may lead by now",
        Optional.empty());
  }
}
