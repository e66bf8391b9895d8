package io.viking.bench.endpoints;

import io.kubernetes.client.openapi.models.V1EndpointSlice;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.cache.WatchedCache;
import io.viking.kube.client.KubeClients;
import io.viking.kube.client.ObjectRef;
import io.viking.kube.client.Selection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * When an address became ready, or ceased to be, in the EndpointSlices of a namespace where each
 * pod is behind one Service: as any client sees it. Asked by any thread.
 */
final class SliceWatch implements AutoCloseable {
  private final Map<String, Set<String>> readyBySlice = new ConcurrentHashMap<>();
  private final Map<String, Long> readySince = new ConcurrentHashMap<>();
  private final Map<String, Long> goneSince = new ConcurrentHashMap<>();
  private final WatchedCache<V1EndpointSlice> cache;

  private SliceWatch(KubeClients clients, String namespace) {
    this.cache =
        new WatchedCache<>(
            clients.listWatch(ResourceType.ENDPOINT_SLICES, Selection.namespace(namespace)),
            UnaryOperator.identity(),
            new SimpleMeterRegistry());
  }

  static SliceWatch open(KubeClients clients, String namespace) {
    var watch = new SliceWatch(clients, namespace);
    watch.cache.subscribe(watch::take);
    watch.cache.start();
    return watch;
  }

  /** Addresses that are ready. */
  int ready() {
    return readySince.size();
  }

  /** By {@link System#nanoTime()}; empty if it is not ready. */
  Optional<Long> readySince(String address) {
    return Optional.ofNullable(readySince.get(address));
  }

  /** By {@link System#nanoTime()}; empty if it is ready, or never was. */
  Optional<Long> goneSince(String address) {
    return Optional.ofNullable(goneSince.get(address));
  }

  @Override
  public void close() {
    cache.close();
  }

  private void take(CacheEvent<V1EndpointSlice> event) {
    switch (event) {
      case CacheEvent.Added<V1EndpointSlice>(V1EndpointSlice slice) -> now(slice, ready(slice));
      case CacheEvent.Updated<V1EndpointSlice>(V1EndpointSlice _, V1EndpointSlice slice) ->
          now(slice, ready(slice));
      case CacheEvent.Deleted<V1EndpointSlice>(V1EndpointSlice slice, boolean _) ->
          now(slice, Set.of());
      case CacheEvent.Synced<V1EndpointSlice> _ -> {}
    }
  }

  private void now(V1EndpointSlice slice, Set<String> ready) {
    long at = System.nanoTime();
    Set<String> before =
        Optional.ofNullable(readyBySlice.put(ObjectRef.of(slice).name(), ready)).orElse(Set.of());
    for (String address : ready) {
      if (!before.contains(address)) {
        goneSince.remove(address);
        readySince.put(address, at);
      }
    }
    for (String address : before) {
      if (!ready.contains(address)) {
        readySince.remove(address);
        goneSince.put(address, at);
      }
    }
  }

  private static Set<String> ready(V1EndpointSlice slice) {
    Set<String> ready = new HashSet<>();
    Optional.ofNullable(slice.getEndpoints())
        .ifPresent(
            endpoints ->
                endpoints.stream()
                    .filter(
                        endpoint ->
                            endpoint.getConditions() != null
                                && Boolean.TRUE.equals(endpoint.getConditions().getReady()))
                    .forEach(endpoint -> ready.addAll(endpoint.getAddresses())));
    return ready;
  }
}
