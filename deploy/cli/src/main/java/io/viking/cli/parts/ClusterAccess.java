package io.viking.cli.parts;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.VersionApi;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.cache.ObjectChange;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.cache.WatchedCache;
import io.viking.kube.cache.WatchedChanges;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import io.viking.kube.client.Selection;
import io.viking.kube.events.ApiEventRecorder;
import io.viking.kube.events.EventPolicy;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.events.EventSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** The way of one process to one API server: the same clients for all its loops. */
final class ClusterAccess implements AutoCloseable {
  private final Path kubeconfig;
  private final String instance;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final KubeClients clients;

  /**
   * @param instance what events name as their reporter
   * @throws IllegalArgumentException the file is missing or cannot be used; one sentence
   */
  ClusterAccess(Path kubeconfig, String instance, MeterRegistry metrics, Clock clock) {
    this.kubeconfig = kubeconfig;
    this.instance = instance;
    this.metrics = metrics;
    this.clock = clock;
    this.clients = KubeClients.of(kubeconfig, KubeClientConfig.DEFAULT, metrics);
  }

  KubeApi api() {
    return clients.api();
  }

  ApiClient apiClient() {
    return clients.apiClient();
  }

  /** Where the API server is. */
  URI server() {
    return URI.create(apiClient().getBasePath());
  }

  /** The API server's version, such as "v1.36.3"; empty if it does not tell. */
  Optional<String> version() {
    try {
      return Optional.of(new VersionApi(apiClient()).getCode().execute().getGitVersion());
    } catch (ApiException e) {
      return Optional.empty();
    }
  }

  /**
   * A connection that nobody else uses, for calls that are of no use after so long; one that nobody
   * answers on is found out as soon. The caller's to close.
   */
  KubeClients briefClients(Duration deadline) {
    Duration ping = deadline.dividedBy(2);
    return KubeClients.of(kubeconfig, new KubeClientConfig(deadline, deadline, 1, ping), metrics);
  }

  /** A cache that has been started; the caller's to close. */
  <T extends KubernetesObject> ObjectCache<T> cache(
      ResourceType<T> type, Selection selection, MeterRegistry meters) {
    ObjectCache<T> cache = idleCache(type, selection, meters);
    cache.start();
    return cache;
  }

  /** A cache that is the caller's to start and to close. */
  <T extends KubernetesObject> ObjectCache<T> idleCache(
      ResourceType<T> type, Selection selection, MeterRegistry meters) {
    return new WatchedCache<>(
        clients.listWatch(type, selection), UnaryOperator.identity(), clock, meters);
  }

  /** What tells of all objects of a kind and keeps none; the caller's to start and to close. */
  <T extends KubernetesObject> WatchedChanges<T> changes(
      ResourceType<T> type, Consumer<ObjectChange> listener, MeterRegistry meters) {
    return new WatchedChanges<>(clients.listWatch(type, Selection.ALL), listener, clock, meters);
  }

  /** A recorder that has been started; it is closed with {@code closing}. */
  EventRecorder recorder(String component, Term term, MeterRegistry meters, Closing closing) {
    var recorder =
        closing.add(
            "events of " + component,
            new ApiEventRecorder(
                term.api(api()),
                new EventSource(component, instance),
                EventPolicy.DEFAULT,
                clock,
                RandomGenerator.getDefault(),
                meters));
    recorder.start();
    return recorder;
  }

  @Override
  public void close() {
    clients.close();
  }
}
