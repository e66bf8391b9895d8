package io.viking.kube.shards;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who should have how many shards. Pure: nobody counts the processes, they are seen by what they
 * hold. Whoever holds too few asks those who hold most; nobody has to be told to give.
 */
final class ShardBalance {
  private ShardBalance() {}

  /**
   * The shards to ask for. Nothing while one is nobody's: it may come by itself.
   *
   * @param holders of the shards, by their number; "" for nobody
   * @param me who asks; may hold none
   */
  static List<Integer> toAskFor(List<String> holders, String me) {
    if (holders.contains("")) {
      return List.of();
    }
    Map<String, List<Integer>> held = new TreeMap<>();
    held.put(me, new ArrayList<>());
    for (int shard = 0; shard < holders.size(); shard++) {
      held.computeIfAbsent(holders.get(shard), _ -> new ArrayList<>()).add(shard);
    }
    List<Integer> mine = held.remove(me);
    List<Integer> wanted = new ArrayList<>();
    for (List<Integer> richest = richest(held);
        richest.size() > mine.size() + wanted.size() + 1;
        richest = richest(held)) {
      // The last: the first shard has what cannot be divided with it, and moves least.
      wanted.add(richest.removeLast());
    }
    return List.copyOf(wanted);
  }

  private static List<Integer> richest(Map<String, List<Integer>> held) {
    return held.values().stream().max(Comparator.comparingInt(List::size)).orElse(List.of());
  }
}
