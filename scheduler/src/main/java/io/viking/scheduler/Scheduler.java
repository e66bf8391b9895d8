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
import io.viking.kube.loop.EffectRunner;
import io.viking.kube.loop.LoopShell;
import io.viking.kube.profile.ClusterProfile;
import io.viking.kube.profile.ProfileSource;
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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

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
  private final ProfileSource profile;
  private final ProfiledPods profiled;
  private final PodReader reader;
  private final SchedulerMetrics metrics;
  private final Inquiries inquiries = new Inquiries();
  private final LoopShell<SchedulerEvent, SchedulerEffect> shell;
  private final CatalogFeed feed;
  private final CatalogFollower catalog;
  private final AtomicBoolean podsFollowed = new AtomicBoolean();
  private volatile Optional<ProfileSource.Subscription> profileChanges = Optional.empty();
  private volatile boolean nodesListed;
  private volatile boolean namespacesListed;

  /** Held while pods are told to the core, so that what is told anew is never older. */
  private final ReentrantLock telling = new ReentrantLock();

  /**
   * @param pods all pods of the cluster, with and without a node
   * @param nodes all nodes of the cluster: zones, and machines if there are any
   * @param namespaces all, for constraints that choose them by their labels
   * @param volumes started here when they are needed, and closed by whoever made them
   * @param budgets all of the cluster
   * @param profile of the cluster; pods wait until it is known
   * @param cloud serves the catalog
   */
  public Scheduler(
      SchedulerConfig config,
      ObjectCache<V1Pod> pods,
      ObjectCache<V1Node> nodes,
      ObjectCache<V1Namespace> namespaces,
      VolumeCaches volumes,
      ObjectCache<V1PodDisruptionBudget> budgets,
      ProfileSource profile,
      Channel cloud,
      KubeApi api,
      EventRecorder recorder,
      InstantSource clock,
      MeterRegistry meters) {
    this.pods = pods;
    this.nodes = nodes;
    this.namespaces = namespaces;
    this.budgets = budgets;
    this.profile = profile;
    this.profiled = new ProfiledPods(profile, namespaces);
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
    this.catalog = new CatalogFollower(cloud, feed, clock);
  }

  /**
   * What makes the calls of a {@link SchedulerCore}, for whoever runs one without its shell. No
   * question is answered.
   */
  public static EffectRunner<SchedulerEvent, SchedulerEffect> calls(
      SchedulerConfig config, KubeApi api, EventRecorder recorder, MeterRegistry meters) {
    return new SchedulerCalls(config, api, recorder, new SchedulerMetrics(meters), new Inquiries());
  }

  /** Begins to listen and to decide; returns at once. Once only. */
  public void start() {
    shell.start();
    nodes.subscribe(this::nodeChanged);
    namespaces.subscribe(this::namespaceChanged);
    profileChanges = Optional.of(profile.onChange(this::profileChanged));
    budgets.subscribe(event -> shell.offer(budgetEvent(event)));
    catalog.start();
  }

  private void nodeChanged(CacheEvent<V1Node> event) {
    shell.offer(nodeEvent(event));
    if (event instanceof CacheEvent.Synced<V1Node>) {
      nodesListed = true;
      followPods();
    }
  }

  private void namespaceChanged(CacheEvent<V1Namespace> event) {
    shell.offer(namespaceEvent(event));
    switch (event) {
      case CacheEvent.Synced<V1Namespace>() -> {
        namespacesListed = true;
        followPods();
      }
      case CacheEvent.Added<V1Namespace>(V1Namespace namespace) -> labelled(namespace);
      case CacheEvent.Updated<V1Namespace>(V1Namespace before, V1Namespace namespace) -> {
        if (!labels(before).equals(labels(namespace))) {
          labelled(namespace);
        }
      }
      case CacheEvent.Deleted<V1Namespace> _ -> {}
    }
  }

  /** A namespace's labels may have the profile say something else for its pods. */
  private void labelled(V1Namespace namespace) {
    if (podsFollowed.get()
        && profile.current().filter(ClusterProfile::asksNamespaces).isPresent()) {
      String name = Optional.ofNullable(namespace.getMetadata()).map(m -> m.getName()).orElse("");
      tellAnew(pod -> name.equals(PodReader.ref(pod).namespace()));
    }
  }

  private void profileChanged() {
    followPods();
    tellAnew(_ -> true);
  }

  /**
   * Pods come after the nodes (one on a machine counts in the zone that its Node names) and after
   * all that says more about them.
   */
  private void followPods() {
    if (nodesListed
        && namespacesListed
        && profile.current().isPresent()
        && !podsFollowed.getAndSet(true)) {
      pods.subscribe(this::podChanged);
    }
  }

  private void podChanged(CacheEvent<V1Pod> event) {
    telling.lock();
    try {
      shell.offer(podEvent(event));
    } finally {
      telling.unlock();
    }
  }

  private void tellAnew(Predicate<V1Pod> which) {
    telling.lock();
    try {
      pods.list().stream()
          .filter(which)
          .map(this::seen)
          .filter(SchedulerEvent.PodWaiting.class::isInstance)
          .forEach(shell::offer);
    } finally {
      telling.unlock();
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
    Optional<PodShape> shape = profiled.of(pod).flatMap(known -> reader.shape(known.pod()));
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
    profileChanges.ifPresent(ProfileSource.Subscription::close);
    catalog.close();
    shell.close();
  }

  private SchedulerEvent podEvent(CacheEvent<V1Pod> event) {
    return SchedulerEvent.of(event, this::seen);
  }

  private SchedulerEvent seen(V1Pod pod) {
    return profiled
        .of(pod)
        .map(this::seen)
        .orElseGet(() -> new SchedulerEvent.PodGone(PodReader.ref(pod).uid()));
  }

  private SchedulerEvent seen(ProfiledPods.Profiled pod) {
    PodSight sight = reader.read(pod.pod(), pod.additions());
    if (sight instanceof PodSight.Waiting(var pending) && !pending.shape().claims().isEmpty()) {
      volumes.open();
    }
    return SchedulerEvent.of(sight);
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
    return new SchedulerEvent.NamespaceSeen(
        Optional.ofNullable(namespace.getMetadata()).map(m -> m.getName()).orElse(""),
        labels(namespace));
  }

  private static Map<String, String> labels(V1Namespace namespace) {
    return Optional.ofNullable(namespace.getMetadata()).map(m -> m.getLabels()).orElse(Map.of());
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
