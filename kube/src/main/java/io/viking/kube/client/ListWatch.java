package io.viking.kube.client;

import io.kubernetes.client.common.KubernetesObject;
import io.viking.kube.cache.ResourceType;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Lists by the page and watches: what caches are filled from. Blocking; failures are {@link
 * KubeApiException}s.
 */
public final class ListWatch<T extends KubernetesObject> {
  /** Time beyond the server's own limit after which a watch is taken for dead. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final ApiCalls calls;
  private final ApiCalls watches;
  private final ResourceType<T> type;
  private final Selection selection;
  private final ObjectDecoder<T> decoder;
  private final boolean metadataOnly;

  ListWatch(ApiCalls calls, ApiCalls watches, ResourceType<T> type, Selection selection) {
    this(calls, watches, type, selection, false);
  }

  private ListWatch(
      ApiCalls calls,
      ApiCalls watches,
      ResourceType<T> type,
      Selection selection,
      boolean metadataOnly) {
    this.metadataOnly = metadataOnly;
    this.calls = calls;
    this.watches = watches;
    this.type = type;
    this.selection = selection;
    this.decoder = new ObjectDecoder<>(type.type());
  }

  /** The same, but of the objects nothing comes except their metadata. */
  public ListWatch<T> metadataOnly() {
    return new ListWatch<>(calls, watches, type, selection, true);
  }

  public ResourceType<T> type() {
    return type;
  }

  /**
   * One page of the objects as they are now; the pages of one list are of one moment.
   *
   * @param limit at most so many objects; 0 = all
   * @param continueToken from the page before; {@code ""} for the first
   * @throws KubeApiException 410 the token has expired: begin again, without a limit
   */
  public ObjectPage<T> page(int limit, String continueToken) {
    HttpUrl.Builder url = url(calls);
    if (limit > 0) {
      url.addQueryParameter("limit", Integer.toString(limit));
    }
    if (!continueToken.isEmpty()) {
      url.addQueryParameter("continue", continueToken);
    }
    Request request = request(url.build(), "PartialObjectMetadataList");
    return calls.run(
        new ApiCalls.Name("LIST", type.plural()),
        request,
        response -> decoder.page(response.body().bytes()));
  }

  /**
   * Begins to watch; returns when the server has accepted.
   *
   * @param resourceVersion of a list, a frame or a bookmark: what came after is told
   * @param lifetime after which the server ends the watch
   * @throws KubeApiException 410 the resource version is not kept any more: list again
   */
  public WatchStream<T> watch(String resourceVersion, Duration lifetime) {
    HttpUrl url =
        url(watches)
            .addQueryParameter("watch", "true")
            .addQueryParameter("allowWatchBookmarks", "true")
            .addQueryParameter("resourceVersion", resourceVersion)
            .addQueryParameter("timeoutSeconds", Long.toString(lifetime.toSeconds()))
            .build();
    Call call =
        watches
            .http()
            .newBuilder()
            .callTimeout(lifetime.plus(GRACE))
            .build()
            .newCall(request(url, "PartialObjectMetadata"));
    Response response = watches.open(new ApiCalls.Name("WATCH", type.plural()), call);
    return new WatchStream<>(call, response, decoder);
  }

  private Request request(HttpUrl url, String metadataKind) {
    Request.Builder request = new Request.Builder().url(url);
    if (metadataOnly) {
      request.header(
          "Accept",
          "application/json;as=%s;g=meta.k8s.io;v=v1,application/json".formatted(metadataKind));
    }
    return request.build();
  }

  private HttpUrl.Builder url(ApiCalls calls) {
    HttpUrl.Builder url = calls.url(type.path(selection.namespace()));
    if (!selection.labelSelector().isEmpty()) {
      url.addQueryParameter("labelSelector", selection.labelSelector());
    }
    if (!selection.fieldSelector().isEmpty()) {
      url.addQueryParameter("fieldSelector", selection.fieldSelector());
    }
    return url;
  }
}
