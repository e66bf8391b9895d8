package io.viking.simulation.api;

import io.kubernetes.client.common.KubernetesObject;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The objects of one kind, in the order of their keys, and what changed. Objects are never changed.
 */
final class Shelf<T extends KubernetesObject> {
  private static final int KEPT_CHANGES = 2000;

  final ResourceType<T> type;
  final ChangeLog<Change<T>> log = new ChangeLog<>(KEPT_CHANGES);
  private final Map<String, T> objects = new TreeMap<>();

  Shelf(ResourceType<T> type) {
    this.type = type;
  }

  Optional<T> find(String namespace, String name) {
    return Optional.ofNullable(objects.get(key(namespace, name)));
  }

  /**
   * @throws KubeApiException 404
   */
  T get(String namespace, String name) {
    return find(namespace, name).orElseThrow(() -> ApiRefusal.notFound(type.plural(), name));
  }

  Collection<T> all() {
    return objects.values();
  }

  void put(T object, long revision) {
    objects.put(key(object), object);
    log.append(revision, new Change<>(false, object));
  }

  void remove(T last, long revision) {
    objects.remove(key(last));
    log.append(revision, new Change<>(true, last));
  }

  private String key(T object) {
    var metadata = object.getMetadata();
    return key(Present.text(metadata.getNamespace()), Present.text(metadata.getName()));
  }

  private String key(String namespace, String name) {
    return type.namespaced() ? namespace + "/" + name : name;
  }
}
