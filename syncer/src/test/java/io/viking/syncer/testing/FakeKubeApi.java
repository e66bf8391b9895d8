package io.viking.syncer.testing;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.kubernetes.client.openapi.models.V1TokenRequestStatus;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** An API server in a map: keeps what it is given and remembers how it was called. */
public final class FakeKubeApi implements KubeApi {
  /** One patch as it was sent. */
  public record Patch(String path, String subresource, PatchFormat format, String json) {}

  private final Map<String, KubernetesObject> objects = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<Patch> patches = new CopyOnWriteArrayList<>();
  private volatile Optional<KubeApiException> failure = Optional.empty();
  private volatile UnaryOperator<KubernetesObject> onCreate = UnaryOperator.identity();
  private volatile Consumer<String> onCall = _ -> {};

  public <T extends KubernetesObject> FakeKubeApi with(ResourceType<T> type, T object) {
    var metadata = object.getMetadata();
    String namespace = metadata.getNamespace() == null ? "" : metadata.getNamespace();
    objects.put(type.path(namespace, metadata.getName()), object);
    return this;
  }

  /** From now on every call fails like this; empty: none does. */
  public void failWith(Optional<KubeApiException> exception) {
    failure = exception;
  }

  /** What happens before each call is answered, on its caller's thread. */
  public void beforeAnswers(Consumer<String> hook) {
    onCall = hook;
  }

  /** What a create answers with, for reviews. */
  public void answerCreates(UnaryOperator<KubernetesObject> answer) {
    onCreate = answer;
  }

  /** "GET /api/v1/…", in order. */
  public List<String> calls() {
    return calls;
  }

  public List<Patch> patches() {
    return patches;
  }

  @Override
  public <T extends KubernetesObject> Optional<T> get(
      ResourceType<T> type, String namespace, String name) {
    String path = called("GET", type.path(namespace, name));
    return Optional.ofNullable(objects.get(path)).map(type.type()::cast);
  }

  @Override
  public <T extends KubernetesObject> List<T> list(
      ResourceType<T> type, String namespace, String fieldSelector) {
    String path = called("LIST", type.path(namespace));
    return objects.entrySet().stream()
        .filter(
            entry ->
                type.type().isInstance(entry.getValue())
                    && (namespace.isEmpty() || entry.getKey().startsWith(path + "/")))
        .map(entry -> type.type().cast(entry.getValue()))
        .toList();
  }

  @Override
  public <T extends KubernetesObject> T create(ResourceType<T> type, String namespace, T object) {
    called("CREATE", type.path(namespace));
    if (object.getMetadata() != null && object.getMetadata().getName() != null) {
      if (objects.putIfAbsent(type.path(namespace, object.getMetadata().getName()), object)
          != null) {
        throw new KubeApiException(409, "AlreadyExists", "already exists", Optional.empty());
      }
    }
    return type.type().cast(onCreate.apply(object));
  }

  @Override
  public void patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json) {
    String path = called("PATCH", type.path(namespace, name));
    patches.add(new Patch(path, subresource, format, json));
  }

  @Override
  public <T extends KubernetesObject> T replace(ResourceType<T> type, T object) {
    String namespace = Optional.ofNullable(object.getMetadata().getNamespace()).orElse("");
    objects.put(called("PUT", type.path(namespace, object.getMetadata().getName())), object);
    return object;
  }

  @Override
  public void delete(
      ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds) {
    objects.remove(called("DELETE", type.path(namespace, name)));
  }

  @Override
  public void evict(String namespace, String pod, String uid) {
    called("EVICT", namespace + "/" + pod);
  }

  @Override
  public void bind(
      String namespace,
      String pod,
      String uid,
      String node,
      Map<String, String> labels,
      Map<String, String> annotations) {
    called("BIND", namespace + "/" + pod);
  }

  @Override
  public AuthenticationV1TokenRequest createToken(
      String namespace, String serviceAccount, AuthenticationV1TokenRequest request) {
    called("TOKEN", namespace + "/" + serviceAccount);
    var bound = request.getSpec().getBoundObjectRef();
    return request.status(
        new V1TokenRequestStatus()
            .token(
                "token of %s for %s/%s %s %ds"
                    .formatted(
                        serviceAccount,
                        bound.getName(),
                        bound.getUid(),
                        request.getSpec().getAudiences(),
                        request.getSpec().getExpirationSeconds())));
  }

  private String called(String verb, String path) {
    calls.add(verb + " " + path);
    onCall.accept(verb + " " + path);
    failure.ifPresent(
        exception -> {
          throw exception;
        });
    return path;
  }
}
