package io.viking.syncer;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.shards.Share;
import io.viking.syncer.pods.lifecycle.PodObject;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** The pods of a process' own shards, out of a cache of all. Its owner starts and closes that. */
record ShareOfPods(ObjectCache<V1Pod> all, Share share) implements ObjectCache<V1Pod> {
  @Override
  public void start() {}

  @Override
  public boolean isSynced() {
    return all.isSynced();
  }

  @Override
  public Optional<V1Pod> get(String namespace, String name) {
    return all.get(namespace, name).filter(this::isOurs);
  }

  @Override
  public Collection<V1Pod> list() {
    return all.list().stream().filter(this::isOurs).toList();
  }

  @Override
  public int size() {
    return list().size();
  }

  @Override
  public void subscribe(Consumer<? super CacheEvent<V1Pod>> listener) {
    all.subscribe(
        event -> {
          if (concernsUs(event)) {
            listener.accept(event);
          }
        });
  }

  private boolean concernsUs(CacheEvent<V1Pod> event) {
    return switch (event) {
      case CacheEvent.Added<V1Pod>(V1Pod pod) -> isOurs(pod);
      case CacheEvent.Updated<V1Pod>(V1Pod _, V1Pod pod) -> isOurs(pod);
      case CacheEvent.Deleted<V1Pod>(V1Pod pod, boolean _) -> isOurs(pod);
      case CacheEvent.Synced<V1Pod>() -> true;
    };
  }

  @Override
  public void close() {}

  private boolean isOurs(V1Pod pod) {
    return share.has(PodObject.ref(pod).uid());
  }
}
