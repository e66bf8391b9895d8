package io.viking.adapter.sim.core;

import io.viking.adapter.sim.state.FenceState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Attempts that are spent although no instance stands for them any more. Each is remembered for two
 * hours (the contract asks for one); so their number is bounded by what can be deleted in that
 * time.
 */
final class Fences {
  static final long KEPT_MILLIS = 2 * 3_600_000L;

  private record Key(String cluster, String uid) {}

  private record Fence(int attempt, long expires) {}

  /** Earliest expiry first, since all are kept equally long and a raised one goes to the end. */
  private final Map<Key, Fence> fences = new LinkedHashMap<>();

  /** 0: none. */
  int attempt(String cluster, String uid, long now) {
    return Optional.ofNullable(fences.get(new Key(cluster, uid)))
        .filter(fence -> fence.expires > now)
        .map(Fence::attempt)
        .orElse(0);
  }

  void raise(String cluster, String uid, int attempt, long now) {
    expire(now);
    Key key = new Key(cluster, uid);
    Fence before = fences.remove(key);
    int highest = before == null ? attempt : Math.max(attempt, before.attempt);
    fences.put(key, new Fence(highest, now + KEPT_MILLIS));
  }

  int size() {
    return fences.size();
  }

  List<FenceState> save() {
    List<FenceState> states = new ArrayList<>();
    fences.forEach(
        (key, fence) ->
            states.add(
                FenceState.newBuilder()
                    .setCluster(key.cluster)
                    .setUid(key.uid)
                    .setAttempt(fence.attempt)
                    .setExpires(fence.expires)
                    .build()));
    return states;
  }

  void restore(FenceState state) {
    fences.put(
        new Key(state.getCluster(), state.getUid()),
        new Fence(state.getAttempt(), state.getExpires()));
  }

  private void expire(long now) {
    Iterator<Fence> oldest = fences.values().iterator();
    while (oldest.hasNext() && oldest.next().expires <= now) {
      oldest.remove();
    }
  }
}
