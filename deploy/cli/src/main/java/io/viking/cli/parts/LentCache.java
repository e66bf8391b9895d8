package io.viking.cli.parts;

import io.kubernetes.client.common.KubernetesObject;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A cache that outlives who uses it: once this is closed, their listeners hear nothing and are
 * forgotten, so that what they hold can be freed. The cache itself goes on.
 */
final class LentCache<T extends KubernetesObject> implements ObjectCache<T> {
  private final ObjectCache<T> cache;
  private final List<Listener<T>> listeners = new CopyOnWriteArrayList<>();

  private static final class Listener<T extends KubernetesObject> {
    private volatile Optional<Consumer<? super CacheEvent<T>>> told;

    Listener(Consumer<? super CacheEvent<T>> listener) {
      told = Optional.of(listener);
    }

    void tell(CacheEvent<T> event) {
      told.ifPresent(listener -> listener.accept(event));
    }
  }

  LentCache(ObjectCache<T> cache) {
    this.cache = cache;
  }

  /** Nothing: its owner has started it. */
  @Override
  public void start() {}

  @Override
  public boolean isSynced() {
    return cache.isSynced();
  }

  @Override
  public Optional<T> get(String namespace, String name) {
    return cache.get(namespace, name);
  }

  @Override
  public Collection<T> list() {
    return cache.list();
  }

  @Override
  public int size() {
    return cache.size();
  }

  @Override
  public void subscribe(Consumer<? super CacheEvent<T>> listener) {
    var lent = new Listener<T>(listener);
    listeners.add(lent);
    cache.subscribe(lent::tell);
  }

  @Override
  public void close() {
    listeners.forEach(listener -> listener.told = Optional.empty());
    listeners.clear();
  }
}
