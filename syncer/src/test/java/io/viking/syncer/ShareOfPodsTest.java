package io.viking.syncer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.shards.Share;
import io.viking.kube.testing.FakeCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShareOfPodsTest {
  private static final Share OURS = new Share(2, Set.of(1));

  private final FakeCache<V1Pod> all = FakeCache.synced();
  private final ShareOfPods pods = new ShareOfPods(all, OURS);
  private final List<String> heard = new ArrayList<>();

  private static String uid(int shard, int number) {
    return IntStream.range(0, 1_000)
        .mapToObj(i -> "uid-" + i)
        .filter(uid -> Share.shardOf(uid, 2) == shard)
        .skip(number)
        .findFirst()
        .orElseThrow();
  }

  private static V1Pod pod(String name, String uid) {
    return new V1Pod().metadata(new V1ObjectMeta().namespace("shop").name(name).uid(uid));
  }

  private void hear(CacheEvent<V1Pod> event) {
    heard.add(
        switch (event) {
          case CacheEvent.Added<V1Pod>(V1Pod pod) -> "+" + pod.getMetadata().getUid();
          case CacheEvent.Updated<V1Pod>(V1Pod _, V1Pod pod) -> "=" + pod.getMetadata().getUid();
          case CacheEvent.Deleted<V1Pod>(V1Pod pod, boolean _) -> "-" + pod.getMetadata().getUid();
          case CacheEvent.Synced<V1Pod>() -> "synced";
        });
  }

  @Test
  void onlyOursAreThere_andToldOf() {
    all.put(pod("ours", uid(1, 0)));
    all.put(pod("theirs", uid(0, 0)));
    pods.subscribe(this::hear);
    all.put(pod("ours", uid(1, 0)));
    all.put(pod("theirs", uid(0, 0)));
    all.remove(pod("theirs", uid(0, 0)));
    all.remove(pod("ours", uid(1, 0)));
    all.put(pod("later", uid(1, 1)));

    assertThat(heard)
        .containsExactly(
            "+" + uid(1, 0), "synced", "=" + uid(1, 0), "-" + uid(1, 0), "+" + uid(1, 1));
    assertThat(pods.list()).hasSize(1);
    assertThat(pods.get("shop", "later")).isPresent();
    all.put(pod("another", uid(0, 1)));
    assertThat(pods.get("shop", "another")).isEmpty();
    assertThat(pods.size()).isEqualTo(1);
  }
}
