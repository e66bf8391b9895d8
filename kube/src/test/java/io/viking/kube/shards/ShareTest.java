package io.viking.kube.shards;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShareTest {
  private static final String UID = "6f1ce7a0-3c5e-4b8a-9d57-0f6a3c1d2e4b";

  @Test
  void everyUid_isInOneShard_andShardsAreOfOneSize() {
    var sizes = new int[8];
    for (int i = 0; i < 8_000; i++) {
      byte[] name = ("pod-" + i).getBytes(StandardCharsets.UTF_8);
      sizes[Share.shardOf(UUID.nameUUIDFromBytes(name).toString(), 8)]++;
    }
    assertThat(sizes).satisfies(all -> assertThat(all).doesNotContain(0));
    for (int size : sizes) {
      assertThat(size).isBetween(850, 1_150);
    }
  }

  /** Two versions of Viking that disagreed would both work on a pod, or neither would. */
  @Test
  void shardOf_isWhatItAlwaysWas() {
    assertThat(Share.shardOf(UID, 8)).isEqualTo(2);
    assertThat(Share.shardOf("00000000-0000-0000-0000-000000000000", 8)).isEqualTo(4);
  }

  @Test
  void has_thoseOfItsShardsAlone() {
    int shard = Share.shardOf(UID, 8);
    assertThat(new Share(8, Set.of(shard)).has(UID)).isTrue();
    assertThat(new Share(8, Set.of((shard + 1) % 8)).has(UID)).isFalse();
    assertThat(Share.ALL.has(UID)).isTrue();
    assertThat(Share.ALL.hasFirst()).isTrue();
    assertThat(new Share(8, Set.of(3)).hasFirst()).isFalse();
  }
}
