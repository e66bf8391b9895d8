package io.viking.scheduler.preemption;

import io.viking.scheduler.pod.PodShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Which pods that wait have room kept for them, out of what is left of the account's quotas or is
 * coming free. Confined to one thread.
 */
public final class Reserves {
  /**
   * @param victims that had to go for them so far
   */
  private record Kept(int pods, long milliVcpu, int victims) {}

  private final Map<PodShape, Kept> kept = new HashMap<>();
  private final TreeMap<Integer, Reserve> byPriority = new TreeMap<>();

  public boolean any() {
    return !kept.isEmpty();
  }

  /** What a pod must leave for others: those of its priority or a higher one. */
  public Reserve against(PodShape shape) {
    if (kept.isEmpty()) {
      return Reserve.NONE;
    }
    long instances = 0;
    long milliVcpu = 0;
    for (Reserve reserve : byPriority.tailMap(shape.priority(), true).values()) {
      instances += reserve.instances();
      milliVcpu += reserve.milliVcpu();
    }
    Kept own = kept.get(shape);
    return own == null
        ? new Reserve(instances, milliVcpu)
        : new Reserve(instances - own.pods(), milliVcpu - own.pods() * own.milliVcpu());
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
    Kept before = next.pods() > 0 ? kept.put(shape, next) : kept.remove(shape);
    if (before != null) {
      add(shape.priority(), -before.pods(), before.milliVcpu());
    }
    if (next.pods() > 0) {
      add(shape.priority(), next.pods(), next.milliVcpu());
    }
  }

  private void add(int priority, int pods, long milliVcpuEach) {
    Reserve before = byPriority.getOrDefault(priority, Reserve.NONE);
    var next = new Reserve(before.instances() + pods, before.milliVcpu() + pods * milliVcpuEach);
    if (next.instances() == 0) {
      byPriority.remove(priority);
    } else {
      byPriority.put(priority, next);
    }
  }
}
