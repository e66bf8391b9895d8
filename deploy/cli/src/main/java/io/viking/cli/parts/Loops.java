package io.viking.cli.parts;

import io.grpc.Channel;
import io.kubernetes.client.openapi.models.V1Node;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.controlplane.ControlPlaneException;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.Selection;
import io.viking.kube.profile.ProfileFollower;
import io.viking.syncer.kubelet.ConnectionLimits;
import io.viking.syncer.kubelet.KubeletConfig;
import io.viking.syncer.kubelet.KubeletServer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The loops of one process, over shared clients and caches: the scheduler, the syncer (zone nodes,
 * kubelet API, pods), or both.
 */
public final class Loops {
  private static final Duration POLL = Duration.ofMillis(20);

  private final LoopsConfig config;
  private final Channel cloud;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Closing closing;
  private final ClusterAccess cluster;
  private final Peers peers;
  private final List<LoopPart> parts = new ArrayList<>();
  private volatile Optional<Replica> replica = Optional.empty();
  private Optional<Zones> zones = Optional.empty();
  private Optional<SyncerLoop> syncer = Optional.empty();
  private Optional<SchedulerLoop> scheduler = Optional.empty();

  private Loops(
      LoopsConfig config, Channel cloud, MeterRegistry metrics, Clock clock, Closing closing)
      throws InterruptedException {
    this.config = config;
    this.cloud = cloud;
    this.metrics = metrics;
    this.clock = clock;
    this.closing = closing;
    this.cluster =
        closing.add(
            "API clients",
            new ClusterAccess(config.kubeconfig(), config.instance(), metrics, clock));
    this.peers = Peers.await(cluster.api(), cloud, config.patience(), clock);
  }

  /**
   * Waits for both sides and starts the loops, which become ready on their own.
   *
   * @param closing gets all that must be closed, also if this fails half way
   * @throws ControlPlaneException if one side is not there in time
   * @throws IllegalArgumentException if the kubeconfig cannot be used; one sentence
   * @throws IOException if the kubelet API's port is taken
   */
  public static Loops start(
      LoopsConfig config, Channel cloud, MeterRegistry metrics, Clock clock, Closing closing)
      throws InterruptedException, IOException {
    var loops = new Loops(config, cloud, metrics, clock, closing);
    loops.compose();
    return loops;
  }

  private void compose() throws IOException {
    ObjectCache<V1Node> nodes =
        closing.add("cache of nodes", cluster.cache(ResourceType.NODES, Selection.ALL, metrics));
    ProfileFollower profile = profile();
    zones = config.syncer().map(kubelet -> follow(kubelet, nodes));
    syncer = config.syncer().map(kubelet -> syncer(kubelet, profile));
    List<PodLoop> pausable = new ArrayList<>();
    syncer.ifPresent(pausable::add);
    scheduler =
        config
            .scheduler()
            .map(own -> new SchedulerLoop(own, cluster, profile, nodes, cloud, clock));
    scheduler.ifPresent(pausable::add);
    PodLoops loops = closing.add("loops", new PodLoops(cluster, metrics, pausable));
    var led = new LedParts(cluster, metrics, clock, zones, loops, pausable);
    if (config.replica().isEmpty()) {
      closing.add("all that leads", led);
    }
    zones.ifPresent(kept -> parts.add(zoneNodes(kept)));
    if (config.syncer().isPresent()) {
      parts.add(led(kubelet(config.syncer().get(), loops)));
    }
    loops.parts().forEach(part -> parts.add(led(part)));
    // Not before the kubelet API has its port: one process too many must do nothing.
    if (config.replica().isEmpty()) {
      led.begin(Term.FOR_EVER);
    }
    replica =
        config.replica().map(own -> Replica.start(own, cluster, led, metrics, clock, closing));
  }

  private Zones follow(KubeletSettings kubelet, ObjectCache<V1Node> nodes) {
    return Zones.follow(
        kubelet, peers.info().getAdapterName(), cluster, cloud, nodes, clock, closing);
  }

  /** They are kept by the one with the first shard. */
  private LoopPart zoneNodes(Zones kept) {
    LoopPart part = LoopPart.of("zone-nodes", kept::isReady);
    return new LoopPart(
        part.name(),
        () -> replica.map(one -> one.conditionOfFirst(part)).orElseGet(part.condition()));
  }

  /** A part that works only while this process leads. */
  private LoopPart led(LoopPart part) {
    return new LoopPart(
        part.name(), () -> replica.map(one -> one.condition(part)).orElseGet(part.condition()));
  }

  private ProfileFollower profile() {
    var follower =
        new ProfileFollower(
            closing.add(
                "cache of the profile",
                cluster.cache(ResourceType.CONFIG_MAPS, ProfileFollower.selection(), metrics)),
            cluster.recorder("viking-profile", Term.FOR_EVER, metrics, closing),
            metrics);
    follower.start();
    return follower;
  }

  private SyncerLoop syncer(KubeletSettings kubelet, ProfileFollower profile) {
    return new SyncerLoop(
        kubelet,
        cluster,
        profile,
        cloud,
        peers.info(),
        peers.clusterId(),
        zones.orElseThrow(),
        clock);
  }

  private LoopPart kubelet(KubeletSettings endpoint, PodLoops loops) throws IOException {
    return switch (endpoint.serving()) {
      case KubeletSettings.Serving.Tls(var certificate, var key) -> {
        var kubelet =
            closing.add(
                "kubelet API",
                new KubeletServer(
                    new KubeletConfig(
                        endpoint.address(),
                        endpoint.port(),
                        certificate,
                        key,
                        endpoint.clientAuthority(),
                        ConnectionLimits.DEFAULT.withIdle(endpoint.streamingIdle())),
                    cluster.api(),
                    cloud,
                    peers.info().getCapabilities(),
                    peers.clusterId(),
                    loops.pods(),
                    zones.orElseThrow()::isZoneNode,
                    clock));
        kubelet.start();
        yield LoopPart.of("kubelet-api", () -> true);
      }
      case KubeletSettings.Serving.Not(String why) -> LoopPart.missing("kubelet-api", why);
    };
  }

  public String clusterId() {
    return peers.clusterId();
  }

  public List<LoopPart> parts() {
    return List.copyOf(parts);
  }

  /** How many pods there are, by the state that the syncer has them in. */
  public Map<String, Integer> pods() {
    return working().map(SyncerLoop::pods).orElse(Map.of());
  }

  /** The syncer, unless another process holds its lease: what it rehearses is of no account. */
  private Optional<SyncerLoop> working() {
    return syncer.filter(_ -> replica.map(Replica::leads).orElse(true));
  }

  /** Asks the scheduler why a pod is where it is, or nowhere; two seconds at most. */
  public Explained explain(String namespace, String pod) {
    return scheduler
        .map(loop -> loop.explain(namespace, pod))
        .orElseGet(() -> new Explained.NoAnswer("no scheduler runs in this process"));
  }

  /** What keeps the API server from reaching the kubelet API, if anything is known to. */
  public Optional<String> kubeletTrouble() {
    return config
        .syncer()
        .flatMap(
            kubelet ->
                zones.stream()
                    .flatMap(kept -> kept.catalog().zones().keySet().stream())
                    .findFirst()
                    .flatMap(
                        zone ->
                            KubeletReach.trouble(
                                cluster.apiClient(),
                                zone,
                                kubelet.address() + ":" + kubelet.port())));
  }

  /** Instances without a pod that wait for {@link #collectOrphans}. */
  public int orphansHeld() {
    return working().map(SyncerLoop::orphansHeld).orElse(0);
  }

  /**
   * Lets the held instances go.
   *
   * @return how many were held
   */
  public int collectOrphans() {
    return working().map(SyncerLoop::collectOrphans).orElse(0);
  }

  /**
   * Waits until none of them is starting any more.
   *
   * @throws ControlPlaneException naming those that are not in time
   */
  public void awaitReady(Duration within) throws InterruptedException {
    Instant until = clock.instant().plus(within);
    while (true) {
      List<String> waiting =
          parts.stream()
              .filter(part -> part.state() == LoopPart.State.STARTING)
              .map(LoopPart::name)
              .toList();
      if (waiting.isEmpty()) {
        return;
      }
      if (!clock.instant().isBefore(until)) {
        throw new ControlPlaneException(
            "not ready within %d s: %s; \"viking logs\" may say why."
                .formatted(within.toSeconds(), String.join(", ", waiting)));
      }
      Thread.sleep(POLL);
    }
  }
}
