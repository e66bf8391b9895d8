package io.viking.simulation.process;

import io.kubernetes.client.common.KubernetesObject;
import io.viking.kube.cache.CacheContent;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ResourceType;
import io.viking.simulation.api.Change;
import io.viking.simulation.api.ModelApiServer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A process's cache of a kind: the content is that of production, the watch below it a model. */
final class CacheFeed<T extends KubernetesObject> implements Feed.Client<T> {
  private final CacheContent<T> content = new CacheContent<>();
  private final Consumer<List<CacheEvent<T>>> listener;
  private final Feed<T> feed;
  private boolean synced;

  CacheFeed(Surroundings around, ResourceType<T> type, Consumer<List<CacheEvent<T>>> listener) {
    this.listener = listener;
    ModelApiServer api = around.api();
    this.feed =
        new Feed<>(around, api.log(type), () -> List.copyOf(api.all(type)), api::revision, this);
  }

  Feed<T> feed() {
    return feed;
  }

  @Override
  public void listed(List<T> all) {
    var events = new ArrayList<>(content.replace(all));
    if (!synced) {
      synced = true;
      events.add(new CacheEvent.Synced<>());
    }
    listener.accept(events);
  }

  @Override
  public void changed(Change<T> change) {
    listener.accept(
        change.deleted() ? content.remove(change.object()) : content.upsert(change.object()));
  }

  /** A cache tells nobody that its watch is away. */
  @Override
  public void interrupted() {}
}
