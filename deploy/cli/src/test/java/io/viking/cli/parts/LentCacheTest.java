package io.viking.cli.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Node;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LentCacheTest {
  private final Nodes nodes = new Nodes();
  private final List<CacheEvent<V1Node>> first = new ArrayList<>();
  private final List<CacheEvent<V1Node>> second = new ArrayList<>();

  @Test
  void givenBack_tellsItsListenersNoMore_andGoesOnForOthers() {
    var lent = new LentCache<>(nodes);
    lent.subscribe(first::add);
    new LentCache<>(nodes).subscribe(second::add);

    nodes.tell(new CacheEvent.Synced<>());
    lent.close();
    nodes.tell(new CacheEvent.Added<>(new V1Node()));

    assertThat(first).hasSize(1);
    assertThat(second).hasSize(2);
    assertThat(nodes.closed).isFalse();
  }

  private static final class Nodes implements ObjectCache<V1Node> {
    private final List<Consumer<? super CacheEvent<V1Node>>> listeners = new ArrayList<>();
    private boolean closed;

    void tell(CacheEvent<V1Node> event) {
      listeners.forEach(listener -> listener.accept(event));
    }

    @Override
    public void start() {}

    @Override
    public boolean isSynced() {
      return true;
    }

    @Override
    public Optional<V1Node> get(String namespace, String name) {
      return Optional.empty();
    }

    @Override
    public Collection<V1Node> list() {
      return List.of();
    }

    @Override
    public int size() {
      return 0;
    }

    @Override
    public void subscribe(Consumer<? super CacheEvent<V1Node>> listener) {
      listeners.add(listener);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
