package io.viking.kube.cache;

import io.kubernetes.client.common.KubernetesObject;

/** What happened to a cache's content. Objects are shared: never change them. */
public sealed interface CacheEvent<T extends KubernetesObject> {
  /** An object appeared: created, or seen for the first time. */
  record Added<T extends KubernetesObject>(T object) implements CacheEvent<T> {}

  /** An object changed. After a relist the steps between are not seen. */
  record Updated<T extends KubernetesObject>(T before, T object) implements CacheEvent<T> {}

  /**
   * An object is gone; {@code object} is its last known state, which after a relist may be old. An
   * object that was replaced by another of the same name is told as deleted, then added.
   *
   * @param witnessed whether the API server told of the deletion; otherwise the object was merely
   *     not in a later list, as after a gap in the watch, or after an older backup was restored
   */
  record Deleted<T extends KubernetesObject>(T object, boolean witnessed)
      implements CacheEvent<T> {}

  /** The first full list has been told. Comes once. */
  record Synced<T extends KubernetesObject>() implements CacheEvent<T> {}
}
