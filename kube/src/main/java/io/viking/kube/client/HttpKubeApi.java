package io.viking.kube.client;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.ApiCalls.Name;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The API server over HTTP. */
final class HttpKubeApi implements KubeApi {
  private static final int PAGE = 500;
  private static final MediaType JSON = MediaType.get("application/json");

  /** Owner of the fields that are applied. */
  private static final String FIELD_MANAGER = "viking";

  /** For answers that nobody reads: the metadata instead of the whole object. */
  private static final String BRIEF =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

  private final ApiCalls calls;

  HttpKubeApi(ApiCalls calls) {
    this.calls = calls;
  }

  @Override
  public <T extends KubernetesObject> Optional<T> get(
      ResourceType<T> type, String namespace, String name) {
    Request request = request(type.path(namespace, name)).get().build();
    try {
      return Optional.of(
          calls.run(new Name("GET", type.plural()), request, answer -> read(answer, type.type())));
    } catch (KubeApiException e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public <T extends KubernetesObject> List<T> list(
      ResourceType<T> type, String namespace, String fieldSelector) {
    var listing = new ListWatch<>(calls, calls, type, new Selection(namespace, "", fieldSelector));
    var objects = new ArrayList<T>();
    new PagedList<>(listing, PAGE)
        .forEachPage(
            page -> {
              page.unreadable().stream()
                  .findFirst()
                  .ifPresent(
                      bad -> {
                        // Leaving it out would tell the caller that it does not exist.
                        throw new KubeApiException(
                            type.kind() + " " + bad.object() + " cannot be read: " + bad.cause(),
                            new IllegalStateException(bad.cause()));
                      });
              objects.addAll(page.objects());
            },
            objects::clear);
    return List.copyOf(objects);
  }

  @Override
  public <T extends KubernetesObject> T create(ResourceType<T> type, String namespace, T object) {
    Request request = request(type.path(namespace)).post(json(object)).build();
    return calls.run(
        new Name("CREATE", type.plural()), request, answer -> read(answer, type.type()));
  }

  @Override
  public <T extends KubernetesObject> void createUnread(
      ResourceType<T> type, String namespace, T object) {
    send(
        new Name("CREATE", type.plural()),
        request(type.path(namespace)).header("Accept", BRIEF).post(json(object)).build());
  }

  @Override
  public void patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json) {
    String suffix = subresource.isEmpty() ? "" : "/" + subresource;
    HttpUrl.Builder url = calls.url(type.path(namespace, name) + suffix);
    if (format == PatchFormat.APPLY) {
      url.addQueryParameter("fieldManager", FIELD_MANAGER).addQueryParameter("force", "true");
    }
    send(
        new Name("PATCH", type.plural() + suffix),
        new Request.Builder()
            .url(url.build())
            .header("Accept", BRIEF)
            .patch(body(json, format.mediaType()))
            .build());
  }

  @Override
  public <T extends KubernetesObject> T replace(ResourceType<T> type, T object) {
    ObjectRef ref = ObjectRef.of(object);
    Request request = request(type.path(ref.namespace(), ref.name())).put(json(object)).build();
    return calls.run(
        new Name("UPDATE", type.plural()), request, answer -> read(answer, type.type()));
  }

  @Override
  public void delete(
      ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds) {
    var options =
        new DeleteOptions(
            "v1",
            "DeleteOptions",
            gracePeriodSeconds == OWN_GRACE ? null : gracePeriodSeconds,
            new DeleteOptions.Preconditions(uid));
    send(
        new Name("DELETE", type.plural()),
        request(type.path(namespace, name)).header("Accept", BRIEF).delete(json(options)).build());
  }

  @Override
  public void evict(String namespace, String pod, String uid) {
    var eviction =
        new Eviction(
            "policy/v1",
            "Eviction",
            new Eviction.Metadata(namespace, pod),
            new Eviction.Options(new DeleteOptions.Preconditions(uid)));
    send(
        new Name("CREATE", "pods/eviction"),
        request(ResourceType.PODS.path(namespace, pod) + "/eviction")
            .header("Accept", BRIEF)
            .post(json(eviction))
            .build());
  }

  @Override
  public void bind(
      String namespace,
      String pod,
      String uid,
      String node,
      Map<String, String> labels,
      Map<String, String> annotations) {
    var binding =
        new Binding(
            "v1",
            "Binding",
            new Binding.Metadata(namespace, pod, uid, labels, annotations),
            new Binding.Target("v1", "Node", node));
    send(
        new Name("CREATE", "pods/binding"),
        request(ResourceType.PODS.path(namespace, pod) + "/binding")
            .header("Accept", BRIEF)
            .post(json(binding))
            .build());
  }

  @Override
  public AuthenticationV1TokenRequest createToken(
      String namespace, String serviceAccount, AuthenticationV1TokenRequest token) {
    String path = ResourceType.SERVICE_ACCOUNTS.path(namespace, serviceAccount) + "/token";
    return calls.run(
        new Name("CREATE", "serviceaccounts/token"),
        request(path).post(json(token)).build(),
        answer -> read(answer, AuthenticationV1TokenRequest.class));
  }

  private void send(Name name, Request request) {
    calls.runUnread(name, request);
  }

  private Request.Builder request(String path) {
    HttpUrl url = calls.url(path).build();
    return new Request.Builder().url(url);
  }

  private static RequestBody json(Object object) {
    return body(KubeJson.write(object), JSON);
  }

  private static RequestBody body(String json, MediaType type) {
    return ApiCalls.body(json.getBytes(StandardCharsets.UTF_8), type);
  }

  private static <T> T read(Response answer, Class<T> type) throws IOException {
    return KubeJson.read(answer.body().string(), type);
  }

  /** {@code v1.DeleteOptions}, as far as it is used. */
  private record DeleteOptions(
      String apiVersion,
      String kind,
      @Nullable Long gracePeriodSeconds,
      Preconditions preconditions) {
    record Preconditions(String uid) {}
  }

  /** {@code policy/v1.Eviction}, as far as it is used. */
  private record Eviction(
      String apiVersion, String kind, Metadata metadata, Options deleteOptions) {
    record Metadata(String namespace, String name) {}

    record Options(DeleteOptions.Preconditions preconditions) {}
  }

  /** {@code v1.Binding}; the model's own would do, were its target's empty fields not sent. */
  private record Binding(String apiVersion, String kind, Metadata metadata, Target target) {
    record Metadata(
        String namespace,
        String name,
        String uid,
        Map<String, String> labels,
        Map<String, String> annotations) {}

    record Target(String apiVersion, String kind, String name) {}
  }
}
