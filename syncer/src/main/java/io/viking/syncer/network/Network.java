package io.viking.syncer.network;

import io.grpc.Channel;
import io.kubernetes.client.common.KubernetesObject;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.client.KubeApi;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.loop.LoopShell;
import io.viking.syncer.network.loop.NetworkConfig;
import io.viking.syncer.network.loop.NetworkCore;
import io.viking.syncer.network.loop.NetworkCounts;
import io.viking.syncer.network.loop.NetworkEffect;
import io.viking.syncer.network.loop.NetworkEvent;
import io.viking.syncer.network.loop.NetworkLimits;
import io.viking.syncer.network.loop.NetworkMetrics;
import io.viking.syncer.network.loop.NetworkRunner;
import java.time.InstantSource;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Load balancers and DNS of one cluster: the network's core under its shell, fed by caches. It owns
 * nothing that it was given: caches and channels are the caller's to start and to close, after
 * this.
 */
public final class Network implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Network.class);

  private final NetworkCaches caches;
  private final NetworkMetrics metrics;
  private final LoopShell<NetworkEvent, NetworkEffect> shell;

  /**
   * @param cloud to the adapter
   * @param info what the adapter says of itself
   * @param clusterId the scope of every call
   */
  public Network(
      NetworkConfig config,
      NetworkCaches caches,
      Channel cloud,
      GetInfoResponse info,
      String clusterId,
      KubeApi api,
      EventRecorder events,
      InstantSource clock,
      MeterRegistry registry) {
    this.caches = caches;
    this.metrics = new NetworkMetrics(registry);
    this.shell =
        new LoopShell<>(
            "network",
            new NetworkCore(config, NetworkLimits.of(info), metrics),
            new NetworkRunner(cloud, clusterId, api, events, config, registry),
            clock,
            registry);
  }

  /**
   * Whether a pool has load balancers or private DNS. What it does not have is said in the log,
   * once: nothing else will tell of it.
   */
  public static boolean isOffered(GetInfoResponse info) {
    NetworkLimits limits = NetworkLimits.of(info);
    if (!limits.balancers()) {
      log.info("network: this pool has no load balancers: Services and Ingresses get none");
    }
    if (!limits.records()) {
      log.info("network: this pool has no private DNS: Services have no names");
    }
    return limits.balancers() || limits.records();
  }

  /** To be called once, for a pool that {@link #isOffered} something; returns at once. */
  public void start() {
    shell.start();
    follow(caches.services(), NetworkNews::ofService);
    follow(caches.slices(), NetworkNews::ofSlice);
    follow(caches.ingresses(), NetworkNews::ofIngress);
    follow(caches.classes(), NetworkNews::ofClass);
    follow(caches.secrets(), NetworkNews::ofSecret);
    follow(caches.albConfigs(), NetworkNews::ofAlbConfig);
  }

  /** Whether both sides are known, so that the cloud is kept in line. */
  public boolean isReady() {
    return counts().worldKnown();
  }

  /** What the loop has, after its latest step. */
  public NetworkCounts counts() {
    return metrics.counts();
  }

  /**
   * Lets go what is held now: a person has looked, and knows that the objects are gone for good.
   * Each is looked for in the API server once more.
   */
  public void confirmOrphanCollection() {
    shell.offer(new NetworkEvent.OrphansApproved());
  }

  @Override
  public void close() {
    shell.close();
  }

  private <T extends KubernetesObject> void follow(
      ObjectCache<T> cache, Function<CacheEvent<T>, NetworkEvent> news) {
    cache.subscribe(event -> shell.offer(news.apply(event)));
  }
}
