package io.viking.system;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CoordinationV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.PolicyV1Api;
import io.kubernetes.client.openapi.apis.SchedulingV1Api;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListInstancesResponse;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.cache.WatchedCache;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import io.viking.kube.client.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A running cluster from both sides: the Kubernetes API as a user sees it, and the cloud as its
 * adapter tells it.
 */
public final class Cluster {
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  private final KubeClients clients;
  private final ApiClient client;
  private final Dial adapter;

  /** Opens a channel to the cloud. */
  interface Dial {
    AdapterChannel open() throws IOException;
  }

  Cluster(Path kubeconfig, Dial adapter) throws IOException {
    // Our own codec: the library's writes "overhead":{} into a bare pod, which the API server
    // forbids.
    this.clients = KubeClients.of(kubeconfig, KubeClientConfig.DEFAULT, new SimpleMeterRegistry());
    this.client = clients.apiClient();
    this.adapter = adapter;
  }

  /** Our own way to the API server, for caches. */
  KubeClients clients() {
    return clients;
  }

  public CoreV1Api core() {
    return new CoreV1Api(client);
  }

  public AppsV1Api apps() {
    return new AppsV1Api(client);
  }

  PolicyV1Api policy() {
    return new PolicyV1Api(client);
  }

  SchedulingV1Api scheduling() {
    return new SchedulingV1Api(client);
  }

  BatchV1Api batch() {
    return new BatchV1Api(client);
  }

  /** Follows all pods from now on, each change in turn; to be started and closed by the caller. */
  public WatchedCache<V1Pod> watchPods() {
    return watch(ResourceType.PODS, Selection.ALL);
  }

  /** Follows objects of a kind, likewise. */
  public <T extends KubernetesObject> WatchedCache<T> watch(
      ResourceType<T> type, Selection selection) {
    return new WatchedCache<>(
        clients.listWatch(type, selection), UnaryOperator.identity(), new SimpleMeterRegistry());
  }

  /** A namespace of its own for a test, ready for pods. */
  public String newNamespace(String prefix) throws ApiException {
    String name = prefix + "-" + NAMESPACES.incrementAndGet() + "-" + ProcessHandle.current().pid();
    core().createNamespace(new V1Namespace().metadata(new V1ObjectMeta().name(name))).execute();
    Await.until(
        "the default ServiceAccount of " + name,
        () ->
            core().listNamespacedServiceAccount(name).execute().getItems().stream()
                .anyMatch(account -> "default".equals(account.getMetadata().getName())));
    return name;
  }

  public List<V1Pod> pods(String namespace) throws ApiException {
    return core().listNamespacedPod(namespace).execute().getItems();
  }

  Optional<V1Pod> pod(String namespace, String name) throws ApiException {
    return pods(namespace).stream()
        .filter(pod -> name.equals(pod.getMetadata().getName()))
        .findFirst();
  }

  /** Reasons of the events about one pod, with their messages. */
  public List<String> events(String namespace, String pod) throws ApiException {
    return core().listNamespacedEvent(namespace).execute().getItems().stream()
        .filter(event -> pod.equals(event.getInvolvedObject().getName()))
        .map(event -> event.getReason() + ": " + event.getMessage())
        .toList();
  }

  /** Names of the Leases in a namespace. */
  List<String> leases(String namespace) throws ApiException {
    return new CoordinationV1Api(client)
        .listNamespacedLease(namespace).execute().getItems().stream()
            .map(lease -> lease.getMetadata().getName())
            .toList();
  }

  public String clusterId() throws ApiException {
    return core().readNamespace("kube-system").execute().getMetadata().getUid();
  }

  /** Its cloud itself; to be closed by the caller. */
  public AdapterChannel adapter() throws IOException {
    return adapter.open();
  }

  /** Its cloud's, for what befalls zones, stock and prices. */
  public CloudOperator operator() {
    return new CloudOperator(adapter);
  }

  /** All instances of this cluster, from the cloud itself. */
  List<Instance> instances() throws ApiException, IOException {
    try (AdapterChannel channel = adapter.open()) {
      var stub = InstanceServiceGrpc.newBlockingStub(channel.channel());
      var instances = new ArrayList<Instance>();
      String token = "";
      do {
        ListInstancesResponse page =
            stub.listInstances(
                ListInstancesRequest.newBuilder()
                    .setClusterId(clusterId())
                    .setPageToken(token)
                    .build());
        instances.addAll(page.getInstancesList());
        token = page.getNextPageToken();
      } while (!token.isEmpty());
      return instances;
    }
  }

  public List<Instance> instances(String namespace) throws ApiException, IOException {
    return instances().stream().filter(i -> i.getNamespace().equals(namespace)).toList();
  }

  /** Removes all that a test made, and waits until the cloud has none of it either. */
  public void deleteNamespace(String namespace) throws ApiException, IOException {
    // The answer is the Namespace, not the Status that the library expects.
    core().deleteNamespace(namespace).buildCall(null).execute().close();
    Await.until(
        "no pods and no instances in " + namespace,
        () -> pods(namespace).isEmpty() && instances(namespace).isEmpty());
  }

  static Map<String, String> labels(String app) {
    return Map.of("app", app);
  }
}
