package io.viking.cli.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.testing.FakeCache;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LentCacheTest {
  private final FakeCache<V1Node> nodes = new FakeCache<>();
  private final List<CacheEvent<V1Node>> first = new ArrayList<>();
  private final List<CacheEvent<V1Node>> second = new ArrayList<>();

  @Test
  void givenBack_tellsItsListenersNoMore_andGoesOnForOthers() {
    var lent = new LentCache<>(nodes);
    lent.subscribe(first::add);
    new LentCache<>(nodes).subscribe(second::add);

    nodes.sync();
    lent.close();
    nodes.put(new V1Node().metadata(new V1ObjectMeta().name("zone-a")));

    assertThat(first).hasSize(1);
    assertThat(second).hasSize(2);
    assertThat(nodes.isClosed()).isFalse();
  }
}
