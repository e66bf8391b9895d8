package io.viking.kube.client;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.ApiClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.kube.cache.ResourceType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * The ways to an API server: calls, each with a deadline, writes, of which loops make many at once,
 * and watches, which last. They share no connection, so that none waits for the other, and a write
 * never inherits a watch's endless patience. One per process and cluster.
 */
public final class KubeClients implements AutoCloseable {
  private static final int IDLE_CONNECTIONS = 16;

  private final ApiClient apiClient;
  private final ApiCalls calls;
  private final ApiCalls watches;
  private final Writes writes;
  private final KubeApi api;

  private KubeClients(ApiClient apiClient, KubeClientConfig config, MeterRegistry metrics) {
    KubeJson.install();
    this.apiClient = apiClient;
    HttpUrl server = server(apiClient);
    var requestMetrics = new RequestMetrics(metrics);
    List<OkHttpClient> callHttps =
        Stream.generate(() -> callHttp(apiClient, config)).limit(config.connections()).toList();
    this.calls = new ApiCalls(callHttps, server, requestMetrics);
    this.watches = new ApiCalls(List.of(watchHttp(apiClient, config)), server, requestMetrics);
    this.writes = WriteRoute.choose(apiClient, server, config, calls, requestMetrics);
    this.api = new HttpKubeApi(calls, writes);
    apiClient.setUserAgent(UserAgent.VALUE);
    apiClient.setHttpClient(callHttps.getFirst());
  }

  /**
   * The clients that a kubeconfig's current context describes.
   *
   * @throws IllegalArgumentException the file is missing or cannot be used; one sentence
   */
  public static KubeClients of(Path kubeconfig, KubeClientConfig config, MeterRegistry metrics) {
    return new KubeClients(Kubeconfigs.read(kubeconfig), config, metrics);
  }

  /** For a server without TLS and credentials: tests. */
  static KubeClients plain(String server, KubeClientConfig config, MeterRegistry metrics) {
    return new KubeClients(new ApiClient().setBasePath(server), config, metrics);
  }

  public KubeApi api() {
    return api;
  }

  /** What a cache of these objects is filled from. */
  public <T extends KubernetesObject> ListWatch<T> listWatch(
      ResourceType<T> type, Selection selection) {
    return new ListWatch<>(calls, watches, type, selection);
  }

  /** The client library's own client, over the calls' connections: for what KubeApi has not. */
  public ApiClient apiClient() {
    return apiClient;
  }

  /** Ends every call and watch. */
  @Override
  public void close() {
    writes.close();
    calls.close();
    watches.close();
  }

  private static OkHttpClient callHttp(ApiClient apiClient, KubeClientConfig config) {
    // One timer for the whole call, none for each of its steps.
    return own(apiClient, config)
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .callTimeout(config.callDeadline())
        .build();
  }

  private static OkHttpClient watchHttp(ApiClient apiClient, KubeClientConfig config) {
    return own(apiClient, config).readTimeout(Duration.ZERO).build();
  }

  /** The kubeconfig's TLS, with a dispatcher and connections of its own. */
  private static OkHttpClient.Builder own(ApiClient apiClient, KubeClientConfig config) {
    return NativeTls.of(apiClient)
        .addInterceptor(new Credentials(apiClient))
        .dispatcher(new Dispatcher())
        .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 5, TimeUnit.MINUTES))
        .connectTimeout(config.connectTimeout())
        .pingInterval(config.ping())
        .followRedirects(false);
  }

  private static HttpUrl server(ApiClient client) {
    return Optional.ofNullable(HttpUrl.parse(client.getBasePath()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the kubeconfig's server is no http or https address: "
                        + client.getBasePath()));
  }
}
