package io.viking.syncer.nodes;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Node;
import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.v1.InstanceType;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeJson;
import io.viking.kube.client.PatchFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one Node per zone of the catalog: O(zones) calls, whatever the number of pods.
 *
 * <p>Level-triggered: a change of the catalog, of a Node or of the cloud's reach, and a slow tick,
 * all lead to the same look at every zone. {@link #catalogChanged} and {@link #cloudReachable} may
 * be called from any thread and return at once. A defect or a refused call is logged and met again
 * at the next look.
 */
public final class ZoneNodeController implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ZoneNodeController.class);
  private static final Duration TICK = Duration.ofSeconds(5);

  /** After a create the cache tells of the node, unless a gap in its watch swallowed it. */
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(30);

  /** Between looks whether a vanished zone's last pod has gone: each lists the node's pods. */
  private static final Duration LOOK_FOR_PODS = Duration.ofMinutes(1);

  private final KubeApi api;
  private final ObjectCache<V1Node> nodes;
  private final ZoneNodeConfig config;
  private final Clock clock;
  private final NodeLeases leases;
  private final Semaphore signal = new Semaphore(0);
  private final Set<String> made = ConcurrentHashMap.newKeySet();

  /** When a node was created by us that the cache has not told of yet. */
  private final Map<String, Instant> untold = new ConcurrentHashMap<>();

  private final Set<String> reported = new HashSet<>();
  private final Map<String, Instant> lookedForPods = new HashMap<>();
  private final Thread thread;

  private volatile CatalogSnapshot catalog = CatalogSnapshot.EMPTY;
  private volatile boolean reachable = true;
  private volatile boolean closed;

  /**
   * @param leaseApi a client that renews leases and does nothing else
   * @param nodes started and closed by the caller
   */
  public ZoneNodeController(
      KubeApi api,
      KubeApi leaseApi,
      ObjectCache<V1Node> nodes,
      ZoneNodeConfig config,
      Clock clock) {
    this.api = api;
    this.nodes = nodes;
    this.config = config;
    this.clock = clock;
    this.leases = new NodeLeases(leaseApi, () -> Set.copyOf(made), config.leaseInterval(), clock);
    this.thread = Thread.ofPlatform().name("zone-nodes").daemon().unstarted(this::run);
  }

  public void start() {
    nodes.subscribe(
        event -> {
          if (concerns(event)) {
            told(event);
            signal.release();
          }
        });
    thread.start();
    leases.start();
  }

  /** The machines of a hybrid cluster, which may be thousands, are none of our business. */
  private boolean concerns(CacheEvent<V1Node> event) {
    return switch (event) {
      case CacheEvent.Added<V1Node>(V1Node node) -> concerns(node);
      case CacheEvent.Updated<V1Node>(V1Node _, V1Node node) -> concerns(node);
      case CacheEvent.Deleted<V1Node>(V1Node node, boolean _) -> concerns(node);
      case CacheEvent.Synced<V1Node>() -> true;
    };
  }

  private boolean concerns(V1Node node) {
    return isOurs(node) || catalog.zones().containsKey(nameOf(node));
  }

  private void told(CacheEvent<V1Node> event) {
    switch (event) {
      case CacheEvent.Added<V1Node>(V1Node node) -> untold.remove(nameOf(node));
      case CacheEvent.Updated<V1Node>(V1Node _, V1Node node) -> untold.remove(nameOf(node));
      case CacheEvent.Deleted<V1Node>(V1Node node, boolean _) -> {
        untold.remove(nameOf(node));
        made.remove(nameOf(node));
      }
      case CacheEvent.Synced<V1Node>() -> {}
    }
  }

  /** Takes the newest catalog; one without zones says that nothing is known yet. */
  public void catalogChanged(CatalogSnapshot snapshot) {
    catalog = snapshot;
    signal.release();
  }

  /** Says whether the cloud answers. */
  public void cloudReachable(boolean answers) {
    reachable = answers;
    signal.release();
  }

  /** Whether every zone of the catalog has its Node, so that pods may be bound. */
  public boolean isReady() {
    Set<String> zones = catalog.zones().keySet();
    return !zones.isEmpty() && made.containsAll(zones);
  }

  /** Whether a Node of this name is ours; safe for all threads. */
  public boolean isZoneNode(String name) {
    // A machine of a hybrid cluster may have the name of a zone.
    return nodes
        .get("", name)
        .map(this::isOurs)
        .orElseGet(() -> made.contains(name) || catalog.zones().containsKey(name));
  }

  /** The InternalIP of a zone's node: the hostIP of its pods. */
  public String hostIp(String zone) {
    return config.internalIp();
  }

  private void run() {
    while (!closed) {
      try {
        signal.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS);
        signal.drainPermits();
        if (nodes.isSynced()) {
          reconcile();
        }
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException defect) {
        log.error("zone nodes were not looked at; tried again in {} s", TICK.toSeconds(), defect);
      }
    }
  }

  /** One look at every zone. Confined to one thread at a time. */
  void reconcile() {
    CatalogSnapshot snapshot = catalog;
    Set<String> ours = new LinkedHashSet<>();
    nodes.list().stream().filter(this::isOurs).map(ZoneNodeController::nameOf).forEach(ours::add);
    if (snapshot.zones().isEmpty()) {
      // The cloud has not answered since the start; the nodes of before must not turn unknown.
      made.addAll(ours);
      return;
    }
    Set<String> names = new LinkedHashSet<>(snapshot.zones().keySet());
    names.addAll(ours);
    String architecture =
        snapshot.instanceTypes().values().stream()
            .filter(InstanceType::getGeneralPurpose)
            .map(InstanceType::getArchitecture)
            .filter(a -> !a.isEmpty())
            .findFirst()
            .orElse("amd64");
    for (String name : names) {
      CloudView cloud =
          new CloudView(Optional.ofNullable(snapshot.zones().get(name)), architecture, reachable);
      try {
        act(name, NodeDecision.decide(nodes.get("", name), cloud, config, clock.instant()));
      } catch (KubeApiException refused) {
        if (!refused.isConflict()) {
          log.warn(
              "node {} is not as its zone; tried again in {} s: {}",
              name,
              TICK.toSeconds(),
              refused.getMessage());
        }
      }
    }
  }

  private void act(String name, NodeAction action) {
    switch (action) {
      case NodeAction.Create(var node) -> {
        Instant now = clock.instant();
        if (!untold.getOrDefault(name, Instant.EPOCH).plus(TOLD_WITHIN).isAfter(now)) {
          untold.put(name, now);
          create(name, node);
        }
      }
      case NodeAction.Update(var object, var status) -> {
        made.add(name);
        status.ifPresent(patch -> patch(name, "status", patch.toString()));
        object.ifPresent(patch -> patch(name, "", patch.toString()));
      }
      case NodeAction.DeleteIfUnused(String uid) -> {
        Instant now = clock.instant();
        if (lookedForPods.getOrDefault(name, Instant.EPOCH).plus(LOOK_FOR_PODS).isAfter(now)) {
          return;
        }
        lookedForPods.put(name, now);
        // Asked of the API server itself: a cache may not know yet of a pod bound just now.
        if (api.list(ResourceType.PODS, "", "spec.nodeName=" + name).isEmpty()) {
          api.delete(ResourceType.NODES, "", name, uid, 0);
          made.remove(name);
          log.info("node {} deleted: its zone is gone and no pod is on it", name);
        }
      }
      case NodeAction.Foreign(String providerId) -> {
        if (reported.add(name)) {
          log.warn(
              "node {} with providerID \"{}\" is not ours; its zone takes no pods until it is"
                  + " deleted or renamed",
              name,
              providerId);
        }
      }
      case NodeAction.Nothing() -> made.add(name);
    }
  }

  private void create(String name, JsonObject node) {
    try {
      api.create(ResourceType.NODES, "", KubeJson.gson().fromJson(node, V1Node.class));
      log.info("node {} made for its zone", name);
    } catch (KubeApiException notMade) {
      untold.remove(name);
      if (notMade.isConflict()) {
        // Somebody made it: whether it is ours, the cache will tell.
        return;
      }
      throw notMade;
    }
    made.add(name);
  }

  private void patch(String name, String subresource, String json) {
    api.patch(ResourceType.NODES, "", name, subresource, PatchFormat.STRATEGIC_MERGE, json);
  }

  private boolean isOurs(V1Node node) {
    var spec = node.getSpec();
    return spec != null
        && spec.getProviderID() != null
        && spec.getProviderID().startsWith(config.providerScheme());
  }

  private static String nameOf(V1Node node) {
    var metadata = node.getMetadata();
    return metadata == null || metadata.getName() == null ? "" : metadata.getName();
  }

  /** Stops looking and renewing; Nodes stay as they are. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    leases.close();
  }
}
