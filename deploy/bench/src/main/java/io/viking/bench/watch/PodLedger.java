package io.viking.bench.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When each pod was first seen, bound, Running, Ready and gone, as the events of one watch told it.
 * Times are those of {@link System#nanoTime}. Safe for all threads.
 */
public final class PodLedger {
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<String, Entry> pods = new HashMap<>();

  @GuardedBy("lock")
  private Census census = Census.NOBODY;

  @GuardedBy("lock")
  private boolean deletionAsked;

  private static final class Entry {
    final String name;
    final long seenAt;
    OptionalLong boundAt = OptionalLong.empty();
    OptionalLong runningAt = OptionalLong.empty();
    OptionalLong readyAt = OptionalLong.empty();
    OptionalLong goneAt = OptionalLong.empty();
    boolean lost;

    Entry(String name, long seenAt) {
      this.name = name;
      this.seenAt = seenAt;
    }

    PodTimes times(String uid) {
      return new PodTimes(uid, name, seenAt, runningAt, readyAt, goneAt, lost);
    }
  }

  void seen(SeenPod.Sight sight, long at) {
    lock.lock();
    try {
      Entry entry = entry(sight.uid(), sight.name(), at);
      if (sight.bound() && entry.boundAt.isEmpty()) {
        entry.boundAt = OptionalLong.of(at);
        count(0, 1, 0, 0, 0, 0);
      }
      if (sight.phase().equals("Running") && entry.runningAt.isEmpty()) {
        entry.runningAt = OptionalLong.of(at);
        count(0, 0, 1, 0, 0, 0);
      }
      if (sight.ready() && entry.readyAt.isEmpty()) {
        entry.readyAt = OptionalLong.of(at);
        count(0, 0, 0, 1, 0, 0);
      }
      if (sight.phase().equals("Failed") || sight.phase().equals("Succeeded")) {
        lose(entry);
      }
    } finally {
      lock.unlock();
    }
  }

  void gone(String uid, String name, long at) {
    lock.lock();
    try {
      Entry entry = entry(uid, name, at);
      if (entry.goneAt.isEmpty()) {
        entry.goneAt = OptionalLong.of(at);
        count(0, 0, 0, 0, 0, 1);
      }
      lose(entry);
    } finally {
      lock.unlock();
    }
  }

  /** From now on it is not a loss if a pod ends. */
  public void deletionBegins() {
    lock.lock();
    try {
      deletionAsked = true;
    } finally {
      lock.unlock();
    }
  }

  public Census census() {
    lock.lock();
    try {
      return census;
    } finally {
      lock.unlock();
    }
  }

  /** All that is known of every pod, in no order. */
  public List<PodTimes> times() {
    lock.lock();
    try {
      var times = new ArrayList<PodTimes>();
      pods.forEach((uid, entry) -> times.add(entry.times(uid)));
      return List.copyOf(times);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private Entry entry(String uid, String name, long at) {
    Entry known = pods.get(uid);
    if (known != null) {
      return known;
    }
    Entry entry = new Entry(name, at);
    pods.put(uid, entry);
    count(1, 0, 0, 0, 0, 0);
    return entry;
  }

  @GuardedBy("lock")
  private void lose(Entry entry) {
    if (!deletionAsked && !entry.lost) {
      entry.lost = true;
      count(0, 0, 0, 0, 1, 0);
    }
  }

  @GuardedBy("lock")
  private void count(int seen, int bound, int running, int ready, int lost, int gone) {
    census =
        new Census(
            census.seen() + seen,
            census.bound() + bound,
            census.running() + running,
            census.ready() + ready,
            census.lost() + lost,
            census.gone() + gone);
  }
}
