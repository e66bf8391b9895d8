package io.viking.scheduler.preemption;

import io.viking.scheduler.pod.PodShape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Which pods that wait have room kept for them, out of what is left of the account's quotas or is
 * coming free. Of equal priorities, who had room kept first comes first. Confined to one thread.
 */
public final class Reserves {
  /**
   * @param victims that had to go for them so far
   */
  private record Kept(int pods, long milliVcpu, int victims) {
    Reserve reserve() {
      return new Reserve(pods, pods * milliVcpu);
    }
  }

  private final Map<PodShape, Kept> kept = new HashMap<>();
  private final TreeMap<Integer, Level> byPriority = new TreeMap<>();

  /** Those of one priority, the first to have room kept first. */
  private static final class Level {
    private final Map<PodShape, Reserve> inOrder = new LinkedHashMap<>();
    private Reserve sum = Reserve.NONE;

    void set(PodShape shape, Reserve next) {
      Reserve before = next.equals(Reserve.NONE) ? inOrder.remove(shape) : inOrder.put(shape, next);
      sum = sum.plus(next).less(before == null ? Reserve.NONE : before);
    }

    /** All of it, for one that has none. */
    Reserve before(PodShape shape) {
      if (!inOrder.containsKey(shape)) {
        return sum;
      }
      Reserve earlier = Reserve.NONE;
      for (var entry : inOrder.entrySet()) {
        if (entry.getKey().equals(shape)) {
          break;
        }
        earlier = earlier.plus(entry.getValue());
      }
      return earlier;
    }
  }

  public boolean any() {
    return !kept.isEmpty();
  }

  /**
   * What a pod must leave for others: those of a higher priority, and those of its own that had
   * room kept before it.
   */
  public Reserve against(PodShape shape) {
    if (kept.isEmpty()) {
      return Reserve.NONE;
    }
    Reserve all = Reserve.NONE;
    for (Level level : byPriority.tailMap(shape.priority(), false).values()) {
      all = all.plus(level.sum);
    }
    Level own = byPriority.get(shape.priority());
    return own == null ? all : all.plus(own.before(shape));
  }

  /** Some of them have their room, or wait for something else. */
  public void release(PodShape shape, int pods) {
    Kept own = kept.get(shape);
    if (own != null) {
      set(shape, new Kept(Math.max(0, own.pods() - pods), own.milliVcpu(), own.victims()));
    }
  }

  /** None of them waits for room any more. */
  public void release(PodShape shape) {
    release(shape, Integer.MAX_VALUE);
  }

  /**
   * Forgets those that wait no more.
   *
   * @param waiting how many of a shape do
   */
  public void trim(ToIntFunction<PodShape> waiting) {
    List.copyOf(kept.entrySet())
        .forEach(
            entry ->
                release(
                    entry.getKey(),
                    Math.max(0, entry.getValue().pods() - waiting.applyAsInt(entry.getKey()))));
  }

  /**
   * Keeps room for so many, no more than that.
   *
   * @return victims so far
   */
  int keep(PodShape shape, int pods, long milliVcpu, int victims) {
    Kept own = kept.get(shape);
    int all = (own == null ? 0 : own.victims()) + victims;
    set(shape, new Kept(pods, milliVcpu, all));
    return all;
  }

  private void set(PodShape shape, Kept next) {
    if (next.pods() > 0) {
      kept.put(shape, next);
    } else {
      kept.remove(shape);
    }
    Level level = byPriority.computeIfAbsent(shape.priority(), _ -> new Level());
    level.set(shape, next.pods() > 0 ? next.reserve() : Reserve.NONE);
    if (level.inOrder.isEmpty()) {
      byPriority.remove(shape.priority());
    }
  }
}
