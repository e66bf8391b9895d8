package io.viking.cli.server;

import io.grpc.Channel;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.cli.Version;
import io.viking.cloud.client.CatalogFollower;
import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.v1.GetInfoRequest;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.cloud.v1.InfoServiceGrpc;
import io.viking.controlplane.ApiServer;
import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.ControlPlaneMode;
import io.viking.controlplane.KubeletEndpoint;
import io.viking.controlplane.ServingCertificate;
import io.viking.controlplane.Versions;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.cache.WatchedCache;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import io.viking.kube.client.Selection;
import io.viking.kube.events.ApiEventRecorder;
import io.viking.kube.events.EventPolicy;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.events.EventSource;
import io.viking.scheduler.Scheduler;
import io.viking.scheduler.SchedulerConfig;
import io.viking.syncer.Syncer;
import io.viking.syncer.SyncerConfig;
import io.viking.syncer.kubelet.KubeletConfig;
import io.viking.syncer.kubelet.KubeletServer;
import io.viking.syncer.nodes.ZoneNodeConfig;
import io.viking.syncer.nodes.ZoneNodeController;
import io.viking.syncer.pods.manifest.ManifestConfig;
import io.viking.syncer.pods.manifest.PodManifestResolver;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The loops of one cluster over shared caches: zone nodes, the kubelet API, the pods' syncer and
 * the scheduler.
 */
final class Loops {
  private static final long INFO_DEADLINE_SECONDS = 10;
  private static final Duration POLL = Duration.ofMillis(20);
  private static final String INSTANCE = "viking-up";

  private final Closing closing;
  private final AtomicReference<CatalogSnapshot> catalog =
      new AtomicReference<>(CatalogSnapshot.EMPTY);
  private final ApiServer server;
  private final Channel cloud;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final KubeClients clients;
  private final KubeApi api;
  private final ObjectCache<V1Pod> pods;
  private final ObjectCache<V1Node> nodes;
  private final String clusterId;
  private final List<LoopPart> parts;
  private final Syncer syncer;

  private Loops(
      ApiServer server, Channel cloud, MeterRegistry metrics, Clock clock, Closing closing)
      throws InterruptedException, IOException {
    this.closing = closing;
    this.server = server;
    this.cloud = cloud;
    this.metrics = metrics;
    this.clock = clock;
    this.clients = clients("API clients");
    this.api = clients.api();
    this.clusterId = ClusterId.read(api, clock);
    this.pods = cache(clients, ResourceType.PODS);
    this.nodes = cache(clients, ResourceType.NODES);
    GetInfoResponse info =
        InfoServiceGrpc.newBlockingStub(cloud)
            .withDeadlineAfter(INFO_DEADLINE_SECONDS, TimeUnit.SECONDS)
            .getInfo(GetInfoRequest.getDefaultInstance());
    ZoneNodeController zoneNodes = zoneNodes(info);
    LoopPart kubelet = kubelet(zoneNodes);
    this.syncer = syncer(info, zoneNodes);
    Scheduler scheduler = scheduler();
    this.parts =
        List.of(
            LoopPart.of("zone-nodes", zoneNodes::isReady),
            kubelet,
            LoopPart.of("syncer", syncer::isReady),
            LoopPart.of("scheduler", scheduler::isReady));
  }

  /**
   * Starts them; they become ready on their own.
   *
   * @param closing gets all that must be closed, also if this fails half way
   * @throws ControlPlaneException if the API server cannot be used
   * @throws IOException if the kubelet API's port is taken
   */
  static Loops start(
      ApiServer server, Channel cloud, MeterRegistry metrics, Clock clock, Closing closing)
      throws InterruptedException, IOException {
    return new Loops(server, cloud, metrics, clock, closing);
  }

  String clusterId() {
    return clusterId;
  }

  List<LoopPart> parts() {
    return parts;
  }

  /** How many pods there are, by the state that the syncer has them in. */
  Map<String, Integer> pods() {
    return syncer.podCounts().byState();
  }

  /** What keeps the API server from reaching the kubelet API, if anything is known to. */
  Optional<String> kubeletTrouble() {
    KubeletEndpoint kubelet = server.kubelet();
    return catalog.get().zones().keySet().stream()
        .findFirst()
        .flatMap(
            zone ->
                KubeletReach.trouble(
                    clients.apiClient(), zone, kubelet.address() + ":" + kubelet.port()));
  }

  int orphansHeld() {
    return syncer.orphansHeld();
  }

  /**
   * Lets the held instances go.
   *
   * @return how many were held
   */
  int collectOrphans() {
    int held = syncer.orphansHeld();
    syncer.confirmOrphanCollection();
    return held;
  }

  /**
   * Waits until all of them are ready.
   *
   * @throws ControlPlaneException naming those that are not in time
   */
  void awaitReady(Duration within) throws InterruptedException {
    Instant until = clock.instant().plus(within);
    while (true) {
      List<LoopPart> waiting =
          parts.stream().filter(part -> part.required() && !part.isReady()).toList();
      if (waiting.isEmpty()) {
        return;
      }
      if (!clock.instant().isBefore(until)) {
        throw new ControlPlaneException(
            "not ready within %d s: %s; \"viking logs\" may say why."
                .formatted(
                    within.toSeconds(),
                    String.join(", ", waiting.stream().map(LoopPart::name).toList())));
      }
      Thread.sleep(POLL);
    }
  }

  private KubeClients clients(String name) {
    return closing.add(
        name, KubeClients.of(server.loopsKubeconfig(), KubeClientConfig.DEFAULT, metrics));
  }

  private <T extends KubernetesObject> ObjectCache<T> cache(
      KubeClients clients, ResourceType<T> type) {
    ObjectCache<T> cache =
        closing.add(
            "cache of " + type.plural(),
            new WatchedCache<>(
                clients.listWatch(type, Selection.ALL), UnaryOperator.identity(), metrics));
    cache.start();
    return cache;
  }

  private EventRecorder recorder(String component) {
    var recorder =
        closing.add(
            "events of " + component,
            new ApiEventRecorder(
                api,
                new EventSource(component, INSTANCE),
                EventPolicy.DEFAULT,
                clock,
                RandomGenerator.getDefault(),
                metrics));
    recorder.start();
    return recorder;
  }

  private ZoneNodeController zoneNodes(GetInfoResponse info) {
    KubeletEndpoint kubelet = server.kubelet();
    // A connection of their own: pod load must not starve leases.
    var controller =
        closing.add(
            "zone nodes",
            new ZoneNodeController(
                api,
                clients("lease client").api(),
                nodes,
                new ZoneNodeConfig(
                    info.getAdapterName(), kubeletVersion(), kubelet.address(), kubelet.port()),
                clock));
    var follower =
        closing.add(
            "catalog",
            new CatalogFollower(
                cloud,
                snapshot -> {
                  catalog.set(snapshot);
                  controller.catalogChanged(snapshot);
                }));
    controller.start();
    follower.start();
    return controller;
  }

  private String kubeletVersion() {
    String version =
        server.version().startsWith("v") ? server.version() : Versions.bundled().kubernetes();
    return version + "-viking." + Version.viking();
  }

  private LoopPart kubelet(ZoneNodeController zoneNodes) throws IOException {
    KubeletEndpoint endpoint = server.kubelet();
    return switch (endpoint.certificate()) {
      case ServingCertificate.Files(var certificate, var key) -> {
        var kubelet =
            closing.add(
                "kubelet API",
                new KubeletServer(
                    new KubeletConfig(
                        endpoint.address(),
                        endpoint.port(),
                        certificate,
                        key,
                        endpoint.clientAuthority()),
                    api,
                    cloud,
                    clusterId,
                    pods,
                    zoneNodes::isZoneNode,
                    clock));
        kubelet.start();
        yield LoopPart.of("kubelet-api", () -> true);
      }
      // The control plane has told the user; everything but logs works.
      case ServingCertificate.BySigningRequest(var certificate, var _) ->
          LoopPart.missing("kubelet-api", "not served: nobody has signed " + certificate);
    };
  }

  private Syncer syncer(GetInfoResponse info, ZoneNodeController zoneNodes) {
    var executor = closing.add("reads", Executors.newVirtualThreadPerTaskExecutor());
    int port = server.server().getPort();
    var resolver =
        new PodManifestResolver(
            api,
            new ManifestConfig(
                server.server().getHost(), port < 0 ? 443 : port, ManifestConfig.Dns.NONE),
            info::getCapabilities,
            catalog::get,
            executor);
    var loop =
        closing.add(
            "syncer",
            new Syncer(
                SyncerConfig.withDefaults(server.kubelet().address()),
                pods,
                cloud,
                api,
                recorder("viking-syncer"),
                resolver,
                clock,
                metrics));
    loop.onCloudReach(zoneNodes::cloudReachable);
    loop.start();
    return loop;
  }

  private Scheduler scheduler() {
    // A cluster that is not ours has kube-scheduler for the pods that do not name us.
    SchedulerConfig config =
        server.mode() == ControlPlaneMode.EXTERNAL
            ? SchedulerConfig.DEFAULTS.withSchedulerNames(Set.of("viking"))
            : SchedulerConfig.DEFAULTS;
    var loop =
        closing.add(
            "scheduler",
            new Scheduler(
                config, pods, nodes, cloud, api, recorder("viking-scheduler"), clock, metrics));
    loop.start();
    return loop;
  }
}
