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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The API server over HTTP. */
final class HttpKubeApi implements KubeApi {
  private static final int PAGE = 500;
  private static final MediaType JSON = MediaType.get("application/json");

  private final ApiCalls calls;
  private final HttpKubeWrites writes;

  HttpKubeApi(ApiCalls calls, Writes writes) {
    this.calls = calls;
    this.writes = new HttpKubeWrites(calls, writes);
  }

  @Override
  public KubeWrites writes() {
    return writes;
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
    await(writes.create(type, namespace, object));
  }

  @Override
  public void patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json) {
    await(writes.patch(type, namespace, name, subresource, format, json));
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
    await(writes.delete(type, namespace, name, uid, gracePeriodSeconds));
  }

  @Override
  public void evict(String namespace, String pod, String uid) {
    await(writes.evict(namespace, pod, uid));
  }

  @Override
  public void bind(
      String namespace,
      String pod,
      String uid,
      String node,
      Map<String, String> labels,
      Map<String, String> annotations) {
    await(writes.bind(namespace, pod, uid, node, labels, annotations));
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

  private static void await(CompletableFuture<Optional<KubeApiException>> call) {
    try {
      Optional<KubeApiException> failure = call.get();
      if (failure.isPresent()) {
        throw failure.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubeApiException("no answer: interrupted", e);
    } catch (ExecutionException defect) {
      throw new IllegalStateException("a write", defect.getCause());
    }
  }

  private Request.Builder request(String path) {
    HttpUrl url = calls.url(path).build();
    return new Request.Builder().url(url);
  }

  private static RequestBody json(Object object) {
    return ApiCalls.body(KubeJson.write(object).getBytes(StandardCharsets.UTF_8), JSON);
  }

  private static <T> T read(Response answer, Class<T> type) throws IOException {
    return KubeJson.read(answer.body().string(), type);
  }
}
