package io.viking.kube.cache;

import io.kubernetes.client.common.KubernetesObject;
import io.viking.kube.client.ObjectRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The objects of a cache, and what a list or a watch changes in them. One thread changes, any
 * reads.
 */
public final class CacheContent<T extends KubernetesObject> {
  private final Map<ObjectKey, T> objects = new ConcurrentHashMap<>();

  /** Takes a whole list, of which everything could be decoded. */
  public List<CacheEvent<T>> replace(List<T> listed) {
    return replace(listed, Set.of());
  }

  /**
   * Takes a whole list.
   *
   * @param unreadable objects that exist but could not be decoded; what is known of them stays
   */
  List<CacheEvent<T>> replace(List<T> listed, Set<ObjectKey> unreadable) {
    var events = new ArrayList<CacheEvent<T>>();
    var present = new HashSet<>(unreadable);
    listed.forEach(object -> present.add(ObjectKey.of(ObjectRef.of(object))));
    for (ObjectKey known : List.copyOf(objects.keySet())) {
      if (!present.contains(known)) {
        events.addAll(remove(known));
      }
    }
    listed.forEach(object -> events.addAll(upsert(object)));
    return events;
  }

  /** Takes an object's present state. */
  public List<CacheEvent<T>> upsert(T object) {
    ObjectRef ref = ObjectRef.of(object);
    Optional<T> before = Optional.ofNullable(objects.put(ObjectKey.of(ref), object));
    if (before.isEmpty()) {
      return List.of(new CacheEvent.Added<>(object));
    }
    ObjectRef known = ObjectRef.of(before.get());
    if (!known.uid().equals(ref.uid())) {
      return List.of(new CacheEvent.Deleted<>(before.get(), false), new CacheEvent.Added<>(object));
    }
    return known.resourceVersion().equals(ref.resourceVersion())
        ? List.of()
        : List.of(new CacheEvent.Updated<>(before.get(), object));
  }

  /** Takes the last state of an object that is gone. */
  public List<CacheEvent<T>> remove(T last) {
    ObjectRef ref = ObjectRef.of(last);
    Optional<T> known = get(ref.namespace(), ref.name());
    if (known.isEmpty() || !ObjectRef.of(known.get()).uid().equals(ref.uid())) {
      return List.of();
    }
    objects.remove(ObjectKey.of(ref));
    return List.of(new CacheEvent.Deleted<>(last, true));
  }

  /** Forgets an object that is gone and whose last state is not known. */
  List<CacheEvent<T>> remove(ObjectKey key) {
    return Optional.ofNullable(objects.remove(key))
        .<List<CacheEvent<T>>>map(object -> List.of(new CacheEvent.Deleted<>(object, false)))
        .orElse(List.of());
  }

  public Optional<T> get(String namespace, String name) {
    return Optional.ofNullable(objects.get(new ObjectKey(namespace, name)));
  }

  public Collection<T> objects() {
    return Collections.unmodifiableCollection(objects.values());
  }

  public int size() {
    return objects.size();
  }
}
