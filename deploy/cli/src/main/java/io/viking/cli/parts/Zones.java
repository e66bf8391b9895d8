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
import java.util.concurrent.atomic.AtomicReference;

/** The catalog and the zone nodes that are kept from it, put together. */
final class Zones {
  private final AtomicReference<CatalogSnapshot> catalog =
      new AtomicReference<>(CatalogSnapshot.EMPTY);
  private final ZoneNodeController controller;

  private Zones(ZoneNodeController controller) {
    this.controller = controller;
  }

  static Zones start(
      KubeletSettings kubelet,
      String adapterName,
      ClusterAccess cluster,
      Channel cloud,
      ObjectCache<V1Node> nodes,
      Clock clock,
      Closing closing) {
    // A connection of their own: pod load must not starve leases.
    KubeClients leases = closing.add("lease client", cluster.separateClients());
    var zones =
        new Zones(
            closing.add(
                "zone nodes",
                new ZoneNodeController(
                    cluster.api(),
                    leases.api(),
                    nodes,
                    new ZoneNodeConfig(
                        adapterName, kubeletVersion(cluster), kubelet.address(), kubelet.port()),
                    clock)));
    var follower = closing.add("catalog", new CatalogFollower(cloud, zones::changed));
    zones.controller.start();
    follower.start();
    return zones;
  }

  /** As kubectl shows it: the API server's own version, so that nobody sees a skew. */
  private static String kubeletVersion(ClusterAccess cluster) {
    return cluster.version().orElse(Versions.bundled().kubernetes())
        + "-viking."
        + Version.viking();
  }

  private void changed(CatalogSnapshot snapshot) {
    catalog.set(snapshot);
    controller.catalogChanged(snapshot);
  }

  CatalogSnapshot catalog() {
    return catalog.get();
  }

  ZoneNodeController controller() {
    return controller;
  }
}
