package io.viking.cli.parts;

import io.grpc.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.Selection;
import io.viking.syncer.network.Network;
import io.viking.syncer.network.NetworkCaches;
import io.viking.syncer.network.ingress.AlbConfigObject;
import io.viking.syncer.network.loop.NetworkConfig;
import java.time.Clock;
import java.util.Optional;

/** Load balancers and DNS, put together. */
final class NetworkPart {
  /** The API server filters Secrets by type: no other ever comes here. */
  private static final Selection TLS = Selection.ALL.withFields("type=kubernetes.io/tls");

  private NetworkPart() {}

  /**
   * Starts it; what must be closed goes to {@code closing}. A pool that has neither load balancers
   * nor DNS needs none of it: then nothing is followed, and no Secret is read.
   *
   * @param term through which it writes
   * @param clusterId the scope of every call
   */
  static Optional<Network> open(
      ClusterAccess cluster,
      Term term,
      Channel cloud,
      GetInfoResponse info,
      String clusterId,
      Clock clock,
      MeterRegistry meters,
      Closing closing) {
    if (!Network.isOffered(info)) {
      return Optional.empty();
    }
    var caches =
        new NetworkCaches(
            closing.add(
                "cache of Services", cluster.cache(ResourceType.SERVICES, Selection.ALL, meters)),
            closing.add(
                "cache of EndpointSlices",
                cluster.cache(ResourceType.ENDPOINT_SLICES, Selection.ALL, meters)),
            closing.add(
                "cache of Ingresses", cluster.cache(ResourceType.INGRESSES, Selection.ALL, meters)),
            closing.add(
                "cache of IngressClasses",
                cluster.cache(ResourceType.INGRESS_CLASSES, Selection.ALL, meters)),
            closing.add("cache of TLS Secrets", cluster.cache(ResourceType.SECRETS, TLS, meters)),
            closing.add(
                "cache of AlbConfigs", cluster.cache(AlbConfigObject.TYPE, Selection.ALL, meters)));
    Network network =
        closing.add(
            "network",
            new Network(
                NetworkConfig.DEFAULT,
                caches,
                term.cloud(cloud),
                info,
                clusterId,
                term.api(cluster.api()),
                cluster.recorder("viking-network", term, meters, closing),
                clock,
                meters));
    network.start();
    return Optional.of(network);
  }
}
