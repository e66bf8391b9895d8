package io.viking.chaos.run;

import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.cloud.client.InstanceFollower;
import io.viking.cloud.v1.DnsServiceGrpc;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListInstancesResponse;
import io.viking.cloud.v1.ListLoadBalancersRequest;
import io.viking.cloud.v1.ListLoadBalancersResponse;
import io.viking.cloud.v1.ListRecordsRequest;
import io.viking.cloud.v1.ListRecordsResponse;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerServiceGrpc;
import io.viking.cloud.v1.Record;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.cache.WatchedCache;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import io.viking.kube.client.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Watches the API server and the cloud, past the proxies, and reads both lists when asked. */
final class Witness implements AutoCloseable {
  private static final String ZONE = "cluster.local";
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Ledger ledger;
  private final AdapterChannel cloud;
  private final KubeClients clients;
  private final WatchedCache<V1Pod> pods;
  private final InstanceFollower instances;
  private final String clusterId;

  Witness(Path kubeconfig, AdapterChannel cloud, Ledger ledger) {
    var metrics = new SimpleMeterRegistry();
    this.ledger = ledger;
    this.cloud = cloud;
    this.clients = KubeClients.of(kubeconfig, KubeClientConfig.DEFAULT, metrics);
    this.clusterId =
        Objects.requireNonNull(
            clients
                .api()
                .get(ResourceType.NAMESPACES, "", "kube-system")
                .orElseThrow()
                .getMetadata()
                .getUid());
    this.pods =
        new WatchedCache<>(
            clients.listWatch(ResourceType.PODS, Selection.ALL), UnaryOperator.identity(), metrics);
    pods.subscribe(this::pod);
    pods.start();
    this.instances =
        new InstanceFollower(cloud.channel(), clusterId, new Instances(), InstantSource.system());
    instances.start();
  }

  KubeClients clients() {
    return clients;
  }

  /** From the API server and the cloud themselves, now. */
  Sight look() {
    // The cloud's last: it follows the API server's.
    return new Sight(
        clients.api().list(ResourceType.NODES, "", ""),
        clients.api().list(ResourceType.PODS, "", ""),
        clients.api().list(ResourceType.SERVICES, "", ""),
        clients.api().list(ResourceType.INGRESSES, "", ""),
        instances(),
        balancers(),
        records());
  }

  private List<Instance> instances() {
    var stub = InstanceServiceGrpc.newBlockingStub(cloud.channel()).withDeadlineAfter(PATIENCE);
    return Pages.all(
        token ->
            stub.listInstances(
                ListInstancesRequest.newBuilder()
                    .setClusterId(clusterId)
                    .setPageToken(token)
                    .build()),
        ListInstancesResponse::getInstancesList,
        ListInstancesResponse::getNextPageToken);
  }

  private List<LoadBalancer> balancers() {
    var stub = LoadBalancerServiceGrpc.newBlockingStub(cloud.channel()).withDeadlineAfter(PATIENCE);
    return Pages.all(
        token ->
            stub.listLoadBalancers(
                ListLoadBalancersRequest.newBuilder()
                    .setClusterId(clusterId)
                    .setPageToken(token)
                    .build()),
        ListLoadBalancersResponse::getLoadBalancersList,
        ListLoadBalancersResponse::getNextPageToken);
  }

  private List<Record> records() {
    var stub = DnsServiceGrpc.newBlockingStub(cloud.channel()).withDeadlineAfter(PATIENCE);
    return Pages.all(
        token ->
            stub.listRecords(
                ListRecordsRequest.newBuilder()
                    .setClusterId(clusterId)
                    .setZone(ZONE)
                    .setPageToken(token)
                    .build()),
        ListRecordsResponse::getRecordsList,
        ListRecordsResponse::getNextPageToken);
  }

  private void pod(CacheEvent<V1Pod> event) {
    switch (event) {
      case CacheEvent.Added<V1Pod>(V1Pod pod) -> ledger.pod(PodSeen.of(pod));
      case CacheEvent.Updated<V1Pod>(V1Pod before, V1Pod pod) -> ledger.pod(PodSeen.of(pod));
      case CacheEvent.Deleted<V1Pod>(V1Pod pod, boolean witnessed) ->
          ledger.podGone(PodSeen.of(pod));
      case CacheEvent.Synced<V1Pod>() -> {}
    }
  }

  private final class Instances implements InstanceFollower.Listener {
    @Override
    public void listed(List<Instance> all) {
      ledger.instancesListed(all);
    }

    @Override
    public void changed(Instance instance) {
      ledger.instance(instance);
    }

    @Override
    public void deleted(Instance instance) {
      ledger.instanceGone(instance);
    }

    @Override
    public void interrupted(RuntimeException cause) {}
  }

  @Override
  public void close() {
    instances.close();
    pods.close();
    clients.close();
  }
}
