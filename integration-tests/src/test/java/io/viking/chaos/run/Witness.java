package io.viking.chaos.run;

import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.cloud.client.InstanceFollower;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListInstancesResponse;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.cache.WatchedCache;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import io.viking.kube.client.Selection;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Watches the API server and the cloud, past the proxies, and reads both lists when asked. */
final class Witness implements AutoCloseable {
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
    this.instances = new InstanceFollower(
            cloud.channel(), clusterId, new Instances(), InstantSource.system());
    instances.start();
  }

  KubeClients clients() {
    return clients;
  }

  /** From the API server itself, now. */
  List<PodSeen> listPods() {
    return clients.api().list(ResourceType.PODS, "", "").stream().map(PodSeen::of).toList();
  }

  /** From the cloud itself, now: those that live. */
  List<Instance> listLiving() {
    var stub =
        InstanceServiceGrpc.newBlockingStub(cloud.channel())
            .withDeadlineAfter(15, TimeUnit.SECONDS);
    var living = new ArrayList<Instance>();
    var request = ListInstancesRequest.newBuilder().setClusterId(clusterId);
    ListInstancesResponse page;
    do {
      page = stub.listInstances(request.build());
      page.getInstancesList().stream().filter(Ledger::lives).forEach(living::add);
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    return living;
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
