package io.viking.simulation.process;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.PatchFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API server at the other end of a line. */
final class LineApi implements KubeApi {
  private final KubeApi server;
  private final Line line;

  LineApi(KubeApi server, Line line) {
    this.server = server;
    this.line = line;
  }

  @Override
  public <T extends KubernetesObject> Optional<T> get(
      ResourceType<T> type, String namespace, String name) {
    line.checkApi();
    return server.get(type, namespace, name);
  }

  @Override
  public <T extends KubernetesObject> List<T> list(
      ResourceType<T> type, String namespace, String fieldSelector) {
    line.checkApi();
    return server.list(type, namespace, fieldSelector);
  }

  @Override
  public <T extends KubernetesObject> T create(ResourceType<T> type, String namespace, T object) {
    line.checkApi();
    return server.create(type, namespace, object);
  }

  @Override
  public void patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json) {
    line.checkApi();
    server.patch(type, namespace, name, subresource, format, json);
  }

  @Override
  public <T extends KubernetesObject> T replace(ResourceType<T> type, T object) {
    line.checkApi();
    return server.replace(type, object);
  }

  @Override
  public void delete(
      ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds) {
    line.checkApi();
    server.delete(type, namespace, name, uid, gracePeriodSeconds);
  }

  @Override
  public void evict(String namespace, String pod, String uid) {
    line.checkApi();
    server.evict(namespace, pod, uid);
  }

  @Override
  public void bind(
      String namespace,
      String pod,
      String uid,
      String node,
      Map<String, String> labels,
      Map<String, String> annotations) {
    line.checkApi();
    server.bind(namespace, pod, uid, node, labels, annotations);
  }

  @Override
  public AuthenticationV1TokenRequest createToken(
      String namespace, String serviceAccount, AuthenticationV1TokenRequest request) {
    line.checkApi();
    return server.createToken(namespace, serviceAccount, request);
  }
}
