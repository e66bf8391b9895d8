package io.viking.syncer.testing;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A pod cache that a test fills; synced from the start. */
public final class InMemoryPods implements ObjectCache<V1Pod> {
  private final Map<String, V1Pod> byName = new LinkedHashMap<>();
  private final List<Consumer<? super CacheEvent<V1Pod>>> listeners = new ArrayList<>();

  public synchronized void put(V1Pod pod) {
    String name = pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    V1Pod before = byName.put(name, pod);
    tell(before == null ? new CacheEvent.Added<>(pod) : new CacheEvent.Updated<>(before, pod));
  }

  public synchronized void remove(String namespace, String name) {
    V1Pod last = byName.remove(namespace + "/" + name);
    if (last != null) {
      tell(new CacheEvent.Deleted<>(last, true));
    }
  }

  @Override
  public void start() {}

  @Override
  public boolean isSynced() {
    return true;
  }

  @Override
  public synchronized Optional<V1Pod> get(String namespace, String name) {
    return Optional.ofNullable(byName.get(namespace + "/" + name));
  }

  @Override
  public synchronized Collection<V1Pod> list() {
    return List.copyOf(byName.values());
  }

  @Override
  public synchronized int size() {
    return byName.size();
  }

  @Override
  public synchronized void subscribe(Consumer<? super CacheEvent<V1Pod>> listener) {
    listeners.add(listener);
    byName.values().forEach(pod -> listener.accept(new CacheEvent.Added<>(pod)));
    listener.accept(new CacheEvent.Synced<>());
  }

  @Override
  public void close() {}

  private void tell(CacheEvent<V1Pod> event) {
    listeners.forEach(listener -> listener.accept(event));
  }
}
