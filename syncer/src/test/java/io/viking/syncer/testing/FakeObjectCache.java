package io.viking.syncer.testing;

import io.kubernetes.client.common.KubernetesObject;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A cache that holds what a test puts into it, and tells so on the test's thread. */
public final class FakeObjectCache<T extends KubernetesObject> implements ObjectCache<T> {
  private final Map<String, T> objects = new ConcurrentHashMap<>();
  private final List<Consumer<? super CacheEvent<T>>> listeners = new CopyOnWriteArrayList<>();

  private volatile boolean synced = true;

  /** As before the first list. */
  public void notSynced() {
    synced = false;
  }

  public void put(T object) {
    objects.put(key(object), object);
    listeners.forEach(listener -> listener.accept(new CacheEvent.Added<>(object)));
  }

  public void remove(T object) {
    objects.remove(key(object));
    listeners.forEach(listener -> listener.accept(new CacheEvent.Deleted<>(object, true)));
  }

  private static String key(KubernetesObject object) {
    var metadata = object.getMetadata();
    return Optional.ofNullable(metadata.getNamespace()).orElse("") + "/" + metadata.getName();
  }

  @Override
  public void start() {}

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
  public void subscribe(Consumer<? super CacheEvent<T>> listener) {
    objects.values().forEach(object -> listener.accept(new CacheEvent.Added<>(object)));
    listener.accept(new CacheEvent.Synced<>());
    listeners.add(listener);
  }

  @Override
  public void close() {}
}
