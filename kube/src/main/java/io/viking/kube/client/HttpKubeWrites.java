package io.viking.kube.client;

import io.kubernetes.client.common.KubernetesObject;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.ApiCalls.Name;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Words the writes for HTTP. */
final class HttpKubeWrites implements KubeWrites {
  private static final String JSON = "application/json";

  /** Owner of the fields that are applied. */
  private static final String FIELD_MANAGER = "viking";

  private final ApiCalls calls;
  private final Writes writes;

  HttpKubeWrites(ApiCalls calls, Writes writes) {
    this.calls = calls;
    this.writes = writes;
  }

  <T extends KubernetesObject> CompletableFuture<Optional<KubeApiException>> create(
      ResourceType<T> type, String namespace, T object) {
    return post(type.plural(), type.path(namespace), object);
  }

  @Override
  public CompletableFuture<Optional<KubeApiException>> patch(
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
    return writes.begin(
        new Write(
            new Name("PATCH", type.plural() + suffix),
            "PATCH",
            url.build(),
            format.mediaType(),
            bytes(json)));
  }

  @Override
  public CompletableFuture<Optional<KubeApiException>> delete(
      ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds) {
    var options =
        new DeleteOptions(
            "v1",
            "DeleteOptions",
            gracePeriodSeconds == KubeApi.OWN_GRACE ? null : gracePeriodSeconds,
            new DeleteOptions.Preconditions(uid));
    return writes.begin(
        new Write(
            new Name("DELETE", type.plural()),
            "DELETE",
            calls.url(type.path(namespace, name)).build(),
            JSON,
            bytes(KubeJson.write(options))));
  }

  @Override
  public CompletableFuture<Optional<KubeApiException>> evict(
      String namespace, String pod, String uid) {
    var eviction =
        new Eviction(
            "policy/v1",
            "Eviction",
            new Eviction.Metadata(namespace, pod),
            new Eviction.Options(new DeleteOptions.Preconditions(uid)));
    return post("pods/eviction", ResourceType.PODS.path(namespace, pod) + "/eviction", eviction);
  }

  @Override
  public CompletableFuture<Optional<KubeApiException>> bind(
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
    return post("pods/binding", ResourceType.PODS.path(namespace, pod) + "/binding", binding);
  }

  private CompletableFuture<Optional<KubeApiException>> post(
      String resource, String path, Object object) {
    return writes.begin(
        new Write(
            new Name("CREATE", resource),
            "POST",
            calls.url(path).build(),
            JSON,
            bytes(KubeJson.write(object))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
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
