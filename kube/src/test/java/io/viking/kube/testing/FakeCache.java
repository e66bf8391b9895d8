package io.viking.kube.testing;

import io.kubernetes.client.common.KubernetesObject;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A cache that holds what a test puts into it, and tells so on the thread that does it. */
public final class FakeCache<T extends KubernetesObject> implements ObjectCache<T> {
  /** Read without a lock, as that of the real one. */
  private final Map<String, T> objects = new ConcurrentSkipListMap<>();

  private final List<Consumer<? super CacheEvent<T>>> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean synced;
  private boolean started;
  private boolean closed;

  /** Before its first list; see {@link #sync}. */
  public FakeCache() {}

  /** One whose first list is in. */
  public static <T extends KubernetesObject> FakeCache<T> synced() {
    var cache = new FakeCache<T>();
    cache.sync();
    return cache;
  }

  public synchronized void put(T object) {
    T before = objects.put(key(object), object);
    tell(
        before == null ? new CacheEvent.Added<>(object) : new CacheEvent.Updated<>(before, object));
  }

  public void remove(T object) {
    remove(key(object));
  }

  /** Tells of it if it was there. */
  public void remove(String namespace, String name) {
    remove(namespace + "/" + name);
  }

  private synchronized void remove(String key) {
    T last = objects.remove(key);
    if (last != null) {
      tell(new CacheEvent.Deleted<>(last, true));
    }
  }

  /** The first list is in. */
  public synchronized void sync() {
    synced = true;
    tell(new CacheEvent.Synced<>());
  }

  /** As before the first list. */
  public synchronized void notSynced() {
    synced = false;
  }

  public synchronized boolean isStarted() {
    return started;
  }

  public synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void subscribe(Consumer<? super CacheEvent<T>> listener) {
    listeners.add(listener);
    objects.values().forEach(object -> listener.accept(new CacheEvent.Added<>(object)));
    if (synced) {
      listener.accept(new CacheEvent.Synced<>());
    }
  }

  @Override
  public boolean isSynced() {
    return synced;
  }

  @Override
  public Optional<T> get(String namespace, String name) {
    return Optional.ofNullable(objects.get(namespace + "/" + name));
  }

  @Override
  public Collection<T> list() {
    return List.copyOf(objects.values());
  }

  @Override
  public int size() {
    return objects.size();
  }

  @Override
  public synchronized void start() {
    started = true;
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private void tell(CacheEvent<T> event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  private static String key(KubernetesObject object) {
    var metadata = object.getMetadata();
    String namespace = metadata.getNamespace();
    return (namespace == null ? "" : namespace) + "/" + metadata.getName();
  }
}
