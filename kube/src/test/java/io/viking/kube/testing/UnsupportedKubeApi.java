package io.viking.kube.testing;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.PatchFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An API server of which nothing is expected: a double says which calls it takes. Any other is an
 * Error, which no loop takes for a failure of the API server and tries again.
 */
public abstract class UnsupportedKubeApi implements KubeApi {
  @Override
  public <T extends KubernetesObject> Optional<T> get(
      ResourceType<T> type, String namespace, String name) {
    throw unexpected("get " + type.path(namespace, name));
  }

  @Override
  public <T extends KubernetesObject> List<T> list(
      ResourceType<T> type, String namespace, String fieldSelector) {
    throw unexpected("list " + type.path(namespace));
  }

  @Override
  public <T extends KubernetesObject> T create(ResourceType<T> type, String namespace, T object) {
    throw unexpected("create " + type.path(namespace));
  }

  @Override
  public void patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json) {
    throw unexpected("patch " + type.path(namespace, name));
  }

  @Override
  public <T extends KubernetesObject> T replace(ResourceType<T> type, T object) {
    throw unexpected("replace " + type.plural());
  }

  @Override
  public void delete(
      ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds) {
    throw unexpected("delete " + type.path(namespace, name));
  }

  @Override
  public void evict(String namespace, String pod, String uid) {
    throw unexpected("evict " + namespace + "/" + pod);
  }

  @Override
  public void bind(
      String namespace,
      String pod,
      String uid,
      String node,
      Map<String, String> labels,
      Map<String, String> annotations) {
    throw unexpected("bind " + namespace + "/" + pod);
  }

  @Override
  public AuthenticationV1TokenRequest createToken(
      String namespace, String serviceAccount, AuthenticationV1TokenRequest request) {
    throw unexpected("a token of " + namespace + "/" + serviceAccount);
  }

  private AssertionError unexpected(String call) {
    return new AssertionError(getClass().getSimpleName() + " expects no such call: " + call);
  }
}
