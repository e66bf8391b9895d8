package io.viking.scheduler;

import io.grpc.Channel;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.cloud.client.CatalogFollower;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.client.KubeApi;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.loop.LoopShell;
import io.viking.scheduler.decision.GroupDecider;
import io.viking.scheduler.loop.PodExplanation;
import io.viking.scheduler.loop.SchedulerCore;
import io.viking.scheduler.loop.SchedulerEffect;
import io.viking.scheduler.loop.SchedulerEvent;
import io.viking.scheduler.pod.PodReader;
import io.viking.scheduler.pod.PodRef;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.pod.PodSight;
import io.viking.scheduler.preemption.BudgetReader;
import io.viking.scheduler.zone.ZoneNodeReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Binds pods to zones, as kube-scheduler does to nodes.
 *
 * <p>Caches are shared with others: whoever made them starts and closes them. One scheduler runs
 * per set of scheduler names and cluster; a second would only meet conflicts, since the API server
 * binds a pod once.
 */
public final class Scheduler implements AutoCloseable {
  private final ObjectCache<V1Pod> pods;
  private final ObjectCache<V1Node> nodes;
  private final VolumeEars volumes;
  private final ObjectCache<V1Namespace> namespaces;
  private final ObjectCache<V1PodDisruptionBudget> budgets;
  private final PodReader reader;
  private final SchedulerMetrics metrics;
  private final Inquiries inquiries = new Inquiries();
  private final LoopShell<SchedulerEvent, SchedulerEffect> shell;
  private final CatalogFeed feed;
  private final CatalogFollower catalog;
  private final AtomicBoolean podsFollowed = new AtomicBoolean();

  /**
   * @param pods all pods of the cluster, with and without a node
   * @param nodes all nodes of the cluster: zones, and machines if there are any
   * @param namespaces all, for constraints that choose them by their labels
   * @param volumes started here when they are needed, and closed by whoever made them
   * @param budgets all of the cluster
   * @param cloud serves the catalog
   */
  public Scheduler(
      SchedulerConfig config,
      ObjectCache<V1Pod> pods,
      ObjectCache<V1Node> nodes,
      ObjectCache<V1Namespace> namespaces,
      VolumeCaches volumes,
      ObjectCache<V1PodDisruptionBudget> budgets,
      Channel cloud,
      KubeApi api,
      EventRecorder recorder,
      InstantSource clock,
      MeterRegistry meters) {
    this.pods = pods;
    this.nodes = nodes;
    this.namespaces = namespaces;
    this.budgets = budgets;
    this.reader = new PodReader(config.schedulerNames());
    this.metrics = new SchedulerMetrics(meters);
    this.shell =
        new LoopShell<>(
            "scheduler",
            new SchedulerCore(config.core(), GroupDecider.standard(config.policy()), metrics),
            new SchedulerCalls(config, api, recorder, metrics, inquiries),
            clock,
            meters);
    this.volumes = new VolumeEars(volumes, shell::offer);
    this.feed = new CatalogFeed(shell::offer, clock, meters);
    this.catalog = new CatalogFollower(cloud, feed);
  }

  /** Begins to listen and to decide; returns at once. Once only. */
  public void start() {
    shell.start();
    nodes.subscribe(this::nodeChanged);
    namespaces.subscribe(event -> shell.offer(namespaceEvent(event)));
    budgets.subscribe(event -> shell.offer(budgetEvent(event)));
    catalog.start();
  }

  /** Pods come after the nodes: one on a machine counts in the zone that its Node names. */
  private void nodeChanged(CacheEvent<V1Node> event) {
    shell.offer(nodeEvent(event));
    if (event instanceof CacheEvent.Synced<V1Node> && !podsFollowed.getAndSet(true)) {
      pods.subscribe(pod -> shell.offer(podEvent(pod)));
    }
  }

  /** Whether pods, nodes, namespaces and a catalog are known, so that pods are being decided. */
  public boolean isReady() {
    return metrics.isReady();
  }

  /**
   * Says why a pod is where it is, or nowhere: each zone's filters and scores, asked now.
   *
   * @return completes when the core has come to it, at once for a pod that is not its to decide;
   *     empty if there is no such pod; a {@link java.util.concurrent.TimeoutException} if the core
   *     does not answer within two seconds
   */
  public CompletableFuture<Optional<PodExplanation>> explain(String namespace, String name) {
    return pods.get(namespace, name)
        .map(pod -> explain(pod).thenApply(Optional::of))
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
  }

  private CompletableFuture<PodExplanation> explain(V1Pod pod) {
    PodRef ref = PodReader.ref(pod);
    Optional<PodShape> shape = reader.shape(pod);
    Optional<String> notOurs = reader.notOurs(pod);
    return shape.isEmpty() || notOurs.isPresent()
        ? CompletableFuture.completedFuture(
            PodExplanation.plain(
                ref, PodExplanation.State.NOT_OURS, notOurs.orElse("cannot be read")))
        : inquiries.ask(
            question -> shell.offer(new SchedulerEvent.Asked(question, ref, shape.get())));
  }

  /** When the cloud last answered for its catalog, if it does not any more. */
  public Optional<Instant> catalogSilentSince() {
    return feed.silentSince();
  }

  /** Stops deciding and waits for calls in flight. What was assumed is found again by the next. */
  @Override
  public void close() {
    catalog.close();
    shell.close();
  }

  private SchedulerEvent podEvent(CacheEvent<V1Pod> event) {
    return switch (event) {
      case CacheEvent.Added<V1Pod>(V1Pod pod) -> seen(pod);
      case CacheEvent.Updated<V1Pod>(V1Pod _, V1Pod pod) -> seen(pod);
      case CacheEvent.Deleted<V1Pod>(V1Pod pod, boolean _) ->
          new SchedulerEvent.PodGone(
              Optional.ofNullable(pod.getMetadata()).map(m -> m.getUid()).orElse(""));
      case CacheEvent.Synced<V1Pod>() -> new SchedulerEvent.PodsListed();
    };
  }

  private SchedulerEvent seen(V1Pod pod) {
    return switch (reader.read(pod)) {
      case PodSight.Waiting(var pending) -> {
        if (!pending.shape().claims().isEmpty()) {
          volumes.open();
        }
        yield new SchedulerEvent.PodWaiting(pending);
      }
      case PodSight.Placed(var placed) -> new SchedulerEvent.PodPlaced(placed);
      case PodSight.Irrelevant(String uid) -> new SchedulerEvent.PodGone(uid);
    };
  }

  private static SchedulerEvent namespaceEvent(CacheEvent<V1Namespace> event) {
    return switch (event) {
      case CacheEvent.Added<V1Namespace>(V1Namespace namespace) -> seen(namespace);
      case CacheEvent.Updated<V1Namespace>(V1Namespace _, V1Namespace namespace) -> seen(namespace);
      case CacheEvent.Deleted<V1Namespace>(V1Namespace namespace, boolean _) ->
          new SchedulerEvent.NamespaceGone(
              Optional.ofNullable(namespace.getMetadata()).map(m -> m.getName()).orElse(""));
      case CacheEvent.Synced<V1Namespace>() -> new SchedulerEvent.NamespacesListed();
    };
  }

  private static SchedulerEvent seen(V1Namespace namespace) {
    var metadata = Optional.ofNullable(namespace.getMetadata());
    return new SchedulerEvent.NamespaceSeen(
        metadata.map(m -> m.getName()).orElse(""),
        metadata.map(m -> m.getLabels()).orElse(Map.of()));
  }

  private static SchedulerEvent budgetEvent(CacheEvent<V1PodDisruptionBudget> event) {
    return switch (event) {
      case CacheEvent.Added<V1PodDisruptionBudget>(var budget) ->
          new SchedulerEvent.BudgetSeen(BudgetReader.read(budget));
      case CacheEvent.Updated<V1PodDisruptionBudget>(var _, var budget) ->
          new SchedulerEvent.BudgetSeen(BudgetReader.read(budget));
      case CacheEvent.Deleted<V1PodDisruptionBudget>(var budget, boolean _) -> {
        var gone = BudgetReader.read(budget);
        yield new SchedulerEvent.BudgetGone(gone.namespace(), gone.name());
      }
      case CacheEvent.Synced<V1PodDisruptionBudget>() -> new SchedulerEvent.BudgetsListed();
    };
  }

  private static SchedulerEvent nodeEvent(CacheEvent<V1Node> event) {
    return switch (event) {
      case CacheEvent.Added<V1Node>(V1Node node) ->
          new SchedulerEvent.NodeSeen(ZoneNodeReader.read(node));
      case CacheEvent.Updated<V1Node>(V1Node _, V1Node node) ->
          new SchedulerEvent.NodeSeen(ZoneNodeReader.read(node));
      case CacheEvent.Deleted<V1Node>(V1Node node, boolean _) ->
          new SchedulerEvent.NodeGone(ZoneNodeReader.read(node).name());
      case CacheEvent.Synced<V1Node>() -> new SchedulerEvent.NodesListed();
    };
  }
}
