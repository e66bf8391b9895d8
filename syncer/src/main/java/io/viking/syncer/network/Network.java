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
import io.viking.syncer.network.ingress.AlbConfig;
import io.viking.syncer.network.ingress.IngressClass;
import io.viking.syncer.network.ingress.IngressReader;
import io.viking.syncer.network.ingress.TlsSecret;
import io.viking.syncer.network.loop.Kind;
import io.viking.syncer.network.loop.NetworkConfig;
import io.viking.syncer.network.loop.NetworkCore;
import io.viking.syncer.network.loop.NetworkCounts;
import io.viking.syncer.network.loop.NetworkEffect;
import io.viking.syncer.network.loop.NetworkEvent;
import io.viking.syncer.network.loop.NetworkLimits;
import io.viking.syncer.network.loop.NetworkMetrics;
import io.viking.syncer.network.loop.NetworkRunner;
import io.viking.syncer.network.service.ModelReading;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.ServiceReader;
import io.viking.syncer.network.service.SliceReader;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
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
    follow(
        caches.services(),
        Kind.SERVICE,
        service -> List.of(new NetworkEvent.ServiceSeen(ServiceReader.read(service))),
        NetworkEvent.ServiceGone::new);
    follow(
        caches.slices(),
        Kind.SLICE,
        slice ->
            SliceReader.read(slice)
                .<List<NetworkEvent>>map(one -> List.of(new NetworkEvent.SliceSeen(one)))
                // It may have been a Service's before.
                .orElseGet(() -> List.of(new NetworkEvent.SliceGone(name(slice)))),
        (name, _) -> new NetworkEvent.SliceGone(name));
    follow(
        caches.ingresses(),
        Kind.INGRESS,
        ingress -> List.of(new NetworkEvent.IngressSeen(IngressReader.read(ingress))),
        NetworkEvent.IngressGone::new);
    follow(
        caches.classes(),
        Kind.INGRESS_CLASS,
        one -> List.of(new NetworkEvent.ClassSeen(IngressClass.read(one))),
        (name, _) -> new NetworkEvent.ClassGone(name.name()));
    follow(
        caches.secrets(),
        Kind.SECRET,
        secret ->
            List.of(
                new NetworkEvent.SecretSeen(
                    TlsSecret.read(name(secret), ModelReading.map(secret.getData())))),
        (name, _) -> new NetworkEvent.SecretGone(name));
    follow(
        caches.albConfigs(),
        Kind.ALB_CONFIG,
        config -> List.of(new NetworkEvent.AlbConfigSeen(AlbConfig.read(config))),
        (name, _) -> new NetworkEvent.AlbConfigGone(name.name()));
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
      ObjectCache<T> cache,
      Kind kind,
      Function<T, List<NetworkEvent>> seen,
      BiFunction<NamespacedName, Boolean, NetworkEvent> gone) {
    cache.subscribe(
        event -> {
          switch (event) {
            case CacheEvent.Added<T>(T object) -> shell.offerAll(seen.apply(object));
            case CacheEvent.Updated<T>(T _, T object) -> shell.offerAll(seen.apply(object));
            case CacheEvent.Deleted<T>(T object, boolean witnessed) ->
                shell.offer(gone.apply(name(object), witnessed));
            case CacheEvent.Synced<T> _ -> shell.offer(new NetworkEvent.Synced(kind));
          }
        });
  }

  private static NamespacedName name(KubernetesObject object) {
    return ModelReading.meta(object.getMetadata()).name();
  }
}
