package io.viking.kube.client;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.viking.kube.cache.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one place through which loops call the API server: blocking, each call with a deadline, each
 * failure a {@link KubeApiException} with the server's code. Watches live in caches, not here.
 *
 * <p>Safe for all threads; wide use is meant to come from virtual threads.
 */
public interface KubeApi {
  /** For {@link #delete}: the grace period that the object asks for. */
  long OWN_GRACE = -1;

  /** The writes that need not be waited for. */
  default KubeWrites writes() {
    return KubeWrites.blocking(this);
  }

  /** Reads one object from the API server itself; empty if there is none. */
  <T extends KubernetesObject> Optional<T> get(ResourceType<T> type, String namespace, String name);

  /**
   * Reads all objects, page by page, from the API server itself.
   *
   * @param namespace {@code ""} for all
   * @param fieldSelector {@code ""} for none
   */
  <T extends KubernetesObject> List<T> list(
      ResourceType<T> type, String namespace, String fieldSelector);

  /** Creates an object; 409 if the name is taken. Empty collections are not sent. */
  <T extends KubernetesObject> T create(ResourceType<T> type, String namespace, T object);

  /** Creates an object like {@link #create}, but does not read the answer. */
  default <T extends KubernetesObject> void createUnread(
      ResourceType<T> type, String namespace, T object) {
    create(type, namespace, object);
  }

  /**
   * Patches an object or a subresource of it. The answer is not read.
   *
   * @param subresource {@code ""} for the object itself, else "status" …
   * @param json the patch, sent as it is; put {@code metadata.uid} in it to hit no other object of
   *     the same name (409 or 422 then mean: another object)
   */
  void patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json);

  /** Replaces an object; 409 if its resource version is not the current one. */
  <T extends KubernetesObject> T replace(ResourceType<T> type, T object);

  /**
   * Deletes an object of exactly this UID.
   *
   * @param gracePeriodSeconds 0 = at once; {@link #OWN_GRACE} = what the object asks for
   * @throws KubeApiException 404 it is gone; 409 another object has the name now
   */
  void delete(
      ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds);

  /**
   * Has a pod of exactly this UID deleted, as far as the disruption budgets that cover it allow.
   *
   * @throws KubeApiException 404 it is gone; 409 another pod has the name now; 429 a budget does
   *     not allow it now; 500 several budgets cover it
   */
  void evict(String namespace, String pod, String uid);

  /**
   * Binds a pod to a node. Labels and annotations ride on the Binding and are copied to the pod in
   * the same write; a label that the pod has already stays as it is.
   *
   * @throws KubeApiException 404 the pod is gone; 409 it is deleting, bound already, gated, or of
   *     another UID
   */
  void bind(
      String namespace,
      String pod,
      String uid,
      String node,
      Map<String, String> labels,
      Map<String, String> annotations);

  /** Asks for a token of a ServiceAccount. */
  AuthenticationV1TokenRequest createToken(
      String namespace, String serviceAccount, AuthenticationV1TokenRequest request);
}
