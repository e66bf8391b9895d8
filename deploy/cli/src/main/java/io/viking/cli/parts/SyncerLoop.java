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
import io.viking.syncer.pods.manifest.ManifestConfig;
import io.viking.syncer.pods.manifest.PodManifestResolver;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/** The syncer of pods and instances, put together. */
final class SyncerLoop implements PodLoop {
  static final String NAME = "syncer";

  private static final int HTTPS = 443;

  private final KubeletSettings kubelet;
  private final ClusterAccess cluster;
  private final ProfileSource profile;
  private final Channel cloud;
  private final GetInfoResponse info;
  private final Zones zones;
  private final Clock clock;
  private volatile Optional<Syncer> running = Optional.empty();

  SyncerLoop(
      KubeletSettings kubelet,
      ClusterAccess cluster,
      ProfileSource profile,
      Channel cloud,
      GetInfoResponse info,
      Zones zones,
      Clock clock) {
    this.kubelet = kubelet;
    this.cluster = cluster;
    this.profile = profile;
    this.cloud = cloud;
    this.info = info;
    this.zones = zones;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void open(ObjectCache<V1Pod> pods, MeterRegistry meters, Closing closing) {
    var executor = closing.add("reads", Executors.newVirtualThreadPerTaskExecutor());
    var resolver =
        new PodManifestResolver(
            cluster.api(), manifest(), profile, info::getCapabilities, zones::catalog, executor);
    var syncer =
        new Syncer(
            SyncerConfig.withDefaults(kubelet.address()),
            pods,
            cloud,
            cluster.api(),
            cluster.recorder("viking-syncer", meters, closing),
            new References(resolver, resolver.files(), new ClusterReferences(cluster, meters)),
            clock,
            meters);
    closing.add(NAME, syncer);
    closing.add("syncer's state", () -> running = Optional.empty());
    syncer.onCloudReach(zones.controller()::cloudReachable);
    syncer.start();
    running = Optional.of(syncer);
  }

  /** Pods, too, reach the API server where we do. */
  private ManifestConfig manifest() {
    URI server = cluster.server();
    return new ManifestConfig(
        server.getHost(),
        server.getPort() < 0 ? HTTPS : server.getPort(),
        kubelet.address(),
        ManifestConfig.Dns.NONE);
  }

  @Override
  public boolean isReady() {
    return running.map(Syncer::isReady).orElse(false);
  }

  /** How many pods there are, by the state that the syncer has them in. */
  Map<String, Integer> pods() {
    return running.map(syncer -> syncer.podCounts().byState()).orElse(Map.of());
  }

  int orphansHeld() {
    return running.map(Syncer::orphansHeld).orElse(0);
  }

  /**
   * Lets the held instances go.
   *
   * @return how many were held
   */
  int collectOrphans() {
    int held = orphansHeld();
    running.ifPresent(Syncer::confirmOrphanCollection);
    return held;
  }
}
