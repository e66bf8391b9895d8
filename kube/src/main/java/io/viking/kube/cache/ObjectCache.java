package io.viking.kube.cache;

import io.kubernetes.client.common.KubernetesObject;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All objects of one kind (or of a selection of it), kept up to date from list and watch.
 *
 * <p>Small on purpose: how it is filled may change. Content lags behind the API server; what must
 * not be wrong (deleting an instance) asks {@link io.viking.kube.client.KubeApi} itself. Objects
 * are stripped of what no loop reads (managed fields, last-applied configuration) and shared: never
 * change them. Safe for all threads.
 */
public interface ObjectCache<T extends KubernetesObject> extends AutoCloseable {
  /** Begins to list and watch; returns at once. */
  void start();

  /** Whether the first full list is in. */
  boolean isSynced();

  /** Namespace is {@code ""} for cluster-scoped kinds. */
  Optional<T> get(String namespace, String name);

  /** A view of the content at some moment since the call. */
  Collection<T> list();

  int size();

  /**
   * Tells a listener the present content as {@link CacheEvent.Added}, then every change, in order,
   * on one thread; {@link CacheEvent.Synced} comes when the first list is through. A listener hands
   * over and returns; one that throws is logged and goes on with the next event.
   */
  void subscribe(Consumer<? super CacheEvent<T>> listener);

  /** Stops; the content stays readable. */
  @Override
  void close();
}
