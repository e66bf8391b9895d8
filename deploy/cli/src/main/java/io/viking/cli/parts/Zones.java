package io.viking.cli.parts;

import io.grpc.Channel;
import io.kubernetes.client.openapi.models.V1Node;
import io.viking.cli.Version;
import io.viking.cloud.client.CatalogFollower;
import io.viking.cloud.client.CatalogSnapshot;
import io.viking.controlplane.Versions;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.client.KubeClients;
import io.viking.syncer.nodes.ZoneNodeConfig;
import io.viking.syncer.nodes.ZoneNodeController;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The catalog, which is always followed, and the zone nodes, which are kept during a term. */
final class Zones {
  private final KubeletSettings kubelet;
  private final String adapterName;
  private final ClusterAccess cluster;
  private final ObjectCache<V1Node> nodes;
  private final Clock clock;

  /** Held while the controller is told of the catalog, so that it is never told an older one. */
  private final ReentrantLock telling = new ReentrantLock();

  private volatile CatalogSnapshot catalog = CatalogSnapshot.EMPTY;
  private volatile Optional<ZoneNodeController> controller = Optional.empty();

  private Zones(
      KubeletSettings kubelet,
      String adapterName,
      ClusterAccess cluster,
      ObjectCache<V1Node> nodes,
      Clock clock) {
    this.kubelet = kubelet;
    this.adapterName = adapterName;
    this.cluster = cluster;
    this.nodes = nodes;
    this.clock = clock;
  }

  /** Begins to follow the catalog, until {@code closing} is closed. */
  static Zones follow(
      KubeletSettings kubelet,
      String adapterName,
      ClusterAccess cluster,
      Channel cloud,
      ObjectCache<V1Node> nodes,
      Clock clock,
      Closing closing) {
    var zones = new Zones(kubelet, adapterName, cluster, nodes, clock);
    closing.add("catalog", new CatalogFollower(cloud, zones::changed, clock)).start();
    return zones;
  }

  /** Keeps the nodes, until {@code closing} is closed. */
  void open(Term term, Closing closing) {
    // A connection of their own: pod load must not starve leases.
    KubeClients leases =
        closing.add("lease client", cluster.briefClients(ZoneNodeConfig.LEASE_DEADLINE));
    var opened =
        closing.add(
            "zone nodes",
            new ZoneNodeController(
                term.api(cluster.api()),
                leases.api(),
                closing.add("zone nodes' cache", new LentCache<>(nodes)),
                new ZoneNodeConfig(
                    adapterName, kubeletVersion(cluster), kubelet.address(), kubelet.port()),
                clock));
    closing.add("zone nodes' state", () -> controller = Optional.empty());
    telling.lock();
    try {
      controller = Optional.of(opened);
      opened.catalogChanged(catalog);
    } finally {
      telling.unlock();
    }
    opened.start();
  }

  /** As kubectl shows it: the API server's own version, so that nobody sees a skew. */
  private static String kubeletVersion(ClusterAccess cluster) {
    return cluster.version().orElse(Versions.bundled().kubernetes())
        + "-viking."
        + Version.viking();
  }

  private void changed(CatalogSnapshot snapshot) {
    telling.lock();
    try {
      catalog = snapshot;
      controller.ifPresent(present -> present.catalogChanged(snapshot));
    } finally {
      telling.unlock();
    }
  }

  CatalogSnapshot catalog() {
    return catalog;
  }

  /** Whether every zone has its node; false while they are another's to keep. */
  boolean isReady() {
    return controller.filter(ZoneNodeController::isReady).isPresent();
  }

  /** Whether a Node of this name is a zone; safe for all threads. */
  boolean isZoneNode(String name) {
    return controller
        .map(present -> present.isZoneNode(name))
        .orElseGet(() -> catalog.zones().containsKey(name));
  }

  /** Says whether the cloud answers. */
  void cloudReachable(boolean answers) {
    controller.ifPresent(present -> present.cloudReachable(answers));
  }
}
