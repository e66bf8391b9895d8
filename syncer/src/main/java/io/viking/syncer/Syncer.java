package io.viking.syncer;

import io.grpc.Channel;
import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.cloud.client.CatalogFollower;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.client.KubeApi;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.shards.Share;
import io.viking.syncer.pods.InstanceTally;
import io.viking.syncer.pods.PodCounts;
import io.viking.syncer.pods.PodsMetrics;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Pods to instances and back, for one cluster and one adapter. Zone nodes and the kubelet API stand
 * beside it, over the same caches; who composes them all is the command.
 *
 * <p>Start it once; it waits for the API server and the adapter by itself, in any order, and
 * outlives the absence of either. It owns nothing that it was given: caches and channels are the
 * caller's to start and to close, after this.
 */
public final class Syncer implements AutoCloseable {
  private final SyncerConfig config;
  private final ObjectCache<V1Pod> pods;
  private final Share share;
  private final Channel cloud;
  private final KubeApi api;
  private final EventRecorder events;
  private final References references;
  private final InstantSource clock;
  private final MeterRegistry registry;
  private final PodsMetrics podsMetrics;
  private final InstanceTally instanceTally;
  private final ZoneScope zones;
  private final Thread starter;
  private final AtomicReference<Optional<Parts>> parts = new AtomicReference<>(Optional.empty());
  private final List<Consumer<Boolean>> reachListeners = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /** What runs once both sides have answered. */
  private record Parts(CatalogFollower catalog, PodsLoop podsLoop) {
    void close() {
      podsLoop.close();
      catalog.close();
    }
  }

  /**
   * @param pods all pods of the cluster; may be shared with other loops
   * @param share which of them, and of the instances, it works on
   * @param cloud to the adapter
   */
  public Syncer(
      SyncerConfig config,
      ObjectCache<V1Pod> pods,
      Share share,
      Channel cloud,
      KubeApi api,
      EventRecorder events,
      References references,
      InstantSource clock,
      MeterRegistry registry) {
    this.config = config;
    this.share = share;
    this.pods = new ShareOfPods(pods, share);
    this.cloud = cloud;
    this.api = api;
    this.events = events;
    this.references = references;
    this.clock = clock;
    this.registry = registry;
    this.podsMetrics = new PodsMetrics(registry);
    this.instanceTally = new InstanceTally(registry);
    this.zones = new ZoneScope(config.nodeAddress());
    this.starter = Thread.ofVirtual().name("syncer-start").unstarted(this::run);
  }

  /**
   * Has somebody hear when the cloud goes out of reach (false) and when it is back (true): zone
   * nodes say so. Called on the follower's thread; must return at once. To be added before the
   * start.
   */
  public void onCloudReach(Consumer<Boolean> listener) {
    reachListeners.add(listener);
  }

  /** Begins; returns at once. */
  public void start() {
    starter.start();
  }

  /** Whether all pods and all instances are known, so that pods are served. */
  public boolean isReady() {
    return podsMetrics.counts().worldKnown();
  }

  /** Instances without a pod that wait for {@link #confirmOrphanCollection}; usually 0. */
  public int orphansHeld() {
    return podsMetrics.counts().orphansHeld();
  }

  /** What the pods' loop has, after its latest step. */
  public PodCounts podCounts() {
    return podsMetrics.counts();
  }

  /**
   * Lets the instances go that are held now: a person has looked and knows that their pods are gone
   * for good. Each is looked up in the API server once more if it was not yet.
   */
  public void confirmOrphanCollection() {
    parts.get().map(Parts::podsLoop).ifPresent(PodsLoop::approveOrphans);
  }

  /** Stops all loops; what runs in the cloud goes on running. */
  @Override
  public void close() {
    closed = true;
    starter.interrupt();
    parts.getAndSet(Optional.empty()).ifPresent(Parts::close);
  }

  private void run() {
    try {
      Origins origins = Origins.await(api, cloud, config.startRetry());
      // Pods are told apart by their zone: the zones must be known before the first pod is seen.
      zones.add(origins.catalog().zones().keySet());
      PodsLoop podsLoop =
          new PodsLoop(
              config.pods().ofPart(share.shards(), share.held().size()),
              origins,
              zones,
              pods,
              share,
              cloud,
              api,
              events,
              references,
              clock,
              registry,
              podsMetrics,
              instanceTally,
              reachable -> reachListeners.forEach(listener -> listener.accept(reachable)));
      CatalogFollower catalog =
          new CatalogFollower(cloud, snapshot -> zones.add(snapshot.zones().keySet()), clock);
      catalog.start();
      podsLoop.start();
      parts.set(Optional.of(new Parts(catalog, podsLoop)));
      if (closed) {
        close();
      }
    } catch (InterruptedException e) {
      // Closed before both sides had answered.
      Thread.currentThread().interrupt();
    }
  }
}
