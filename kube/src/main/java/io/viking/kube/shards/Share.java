package io.viking.kube.shards;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What a process works on: the objects whose UID falls into one of its shards. Any version of
 * Viking puts a UID into the same shard of so many.
 *
 * @param shards into how many all work is divided
 * @param held which of them, from 0
 */
public record Share(int shards, Set<Integer> held) {
  /** Of a process that has no rivals, or leads alone. */
  public static final Share ALL = new Share(1, Set.of(0));

  public Share {
    held = Set.copyOf(held);
  }

  /** The shard of a UID. */
  public static int shardOf(String uid, int shards) {
    int hash = Hashing.murmur3_32_fixed().hashString(uid, StandardCharsets.UTF_8).asInt();
    return Math.floorMod(hash, shards);
  }

  /** Whether the object with that UID is this process' to work on. */
  public boolean has(String uid) {
    return shards == 1 || held.contains(shardOf(uid, shards));
  }

  /** Whether what cannot be divided is this process', too: it goes with the first shard. */
  public boolean hasFirst() {
    return held.contains(0);
  }
}
