package io.viking.cli.parts;

import io.grpc.Channel;
import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.profile.ProfileSource;
import io.viking.syncer.References;
import io.viking.syncer.Syncer;
import io.viking.syncer.SyncerConfig;
import io.viking.syncer.network.Network;
import io.viking.syncer.network.dns.DnsZones;
import io.viking.syncer.pods.manifest.ManifestConfig;
import io.viking.syncer.pods.manifest.PodManifestResolver;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/** The syncer of pods and instances, of load balancers and DNS, put together. */
final class SyncerLoop implements PodLoop {
  static final String NAME = "syncer";

  private static final int HTTPS = 443;

  private final KubeletSettings kubelet;
  private final ClusterAccess cluster;
  private final ProfileSource profile;
  private final Channel cloud;
  private final GetInfoResponse info;
  private final String clusterId;
  private final Zones zones;
  private final Clock clock;
  private volatile Optional<Syncer> running = Optional.empty();

  /** Empty too where the pool has neither load balancers nor DNS, or another keeps them. */
  private volatile Optional<Network> network = Optional.empty();

  SyncerLoop(
      KubeletSettings kubelet,
      ClusterAccess cluster,
      ProfileSource profile,
      Channel cloud,
      GetInfoResponse info,
      String clusterId,
      Zones zones,
      Clock clock) {
    this.kubelet = kubelet;
    this.cluster = cluster;
    this.profile = profile;
    this.cloud = cloud;
    this.info = info;
    this.clusterId = clusterId;
    this.zones = zones;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void open(ObjectCache<V1Pod> pods, MeterRegistry meters, Term term, Closing closing) {
    var executor = closing.add("reads", Executors.newVirtualThreadPerTaskExecutor());
    var resolver =
        new PodManifestResolver(
            term.api(cluster.api()),
            manifest(),
            profile,
            info::getCapabilities,
            zones::catalog,
            executor);
    var syncer =
        new Syncer(
            SyncerConfig.withDefaults(kubelet.address()),
            pods,
            term.share(),
            term.cloud(cloud),
            term.api(cluster.api()),
            cluster.recorder("viking-syncer", term, meters, closing),
            new References(resolver, resolver.files(), new ClusterReferences(cluster, meters)),
            clock,
            meters);
    closing.add(NAME, syncer);
    closing.add("syncer's state", () -> running = Optional.empty());
    syncer.onCloudReach(zones::cloudReachable);
    syncer.start();
    closing.add("network's state", () -> network = Optional.empty());
    if (term.share().hasFirst()) {
      network = NetworkPart.open(cluster, term, cloud, info, clusterId, clock, meters, closing);
    }
    running = Optional.of(syncer);
  }

  /** Pods, too, reach the API server where we do. */
  private ManifestConfig manifest() {
    URI server = cluster.server();
    return new ManifestConfig(
        server.getHost(),
        server.getPort() < 0 ? HTTPS : server.getPort(),
        kubelet.address(),
        new ManifestConfig.Dns(
            List.of(),
            List.of(),
            info.getCapabilities().getPrivateDns(),
            DnsZones.DEFAULT.clusterDomain()));
  }

  @Override
  public boolean isReady() {
    return running.map(Syncer::isReady).orElse(false) && network.map(Network::isReady).orElse(true);
  }

  /** How many pods there are, by the state that the syncer has them in. */
  Map<String, Integer> pods() {
    return running.map(syncer -> syncer.podCounts().byState()).orElse(Map.of());
  }

  int orphansHeld() {
    return running.map(Syncer::orphansHeld).orElse(0)
        + network.map(one -> one.counts().orphansHeld()).orElse(0);
  }

  /**
   * Lets go what is held: instances, load balancers, records.
   *
   * @return how many were held
   */
  int collectOrphans() {
    int held = orphansHeld();
    running.ifPresent(Syncer::confirmOrphanCollection);
    network.ifPresent(Network::confirmOrphanCollection);
    return held;
  }
}
