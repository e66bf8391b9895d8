package io.viking.scheduler.preemption;

import io.viking.scheduler.pod.Crowd;
import io.viking.scheduler.pod.Occupant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pods of ours that have a zone and are not on their way out. Confined to one thread. */
final class Occupants {
  /** With what budgets tell of it. */
  record Entry(Occupant occupant, Crowd crowd) {
    int priority() {
      return occupant.priority();
    }
  }

  /** The lowest priority first, of equals the youngest. */
  private static final Comparator<Entry> ORDER =
      Comparator.comparingInt(Entry::priority)
          .thenComparing(entry -> entry.occupant().created(), Comparator.reverseOrder())
          .thenComparing(entry -> entry.occupant().ref().uid());

  private final Map<String, Entry> byUid = new HashMap<>();
  private final TreeSet<Entry> order = new TreeSet<>(ORDER);

  void put(Occupant occupant, Crowd crowd) {
    var entry = new Entry(occupant, crowd);
    @Nullable Entry before = byUid.put(occupant.ref().uid(), entry);
    if (!entry.equals(before)) {
      if (before != null) {
        order.remove(before);
      }
      order.add(entry);
    }
  }

  Optional<Entry> remove(String uid) {
    Optional<Entry> entry = Optional.ofNullable(byUid.remove(uid));
    entry.ifPresent(order::remove);
    return entry;
  }

  /** Those below a priority, in order. */
  Stream<Entry> below(int priority) {
    return order.stream().takeWhile(entry -> entry.priority() < priority);
  }

  int size() {
    return order.size();
  }
}
