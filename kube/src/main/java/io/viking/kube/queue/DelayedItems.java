package io.viking.kube.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** Items to be added later; of several times for one item the earliest holds. Not thread-safe. */
final class DelayedItems<K> {
  private record Entry<K>(Instant at, long sequence, K item) {}

  private final PriorityQueue<Entry<K>> entries =
      new PriorityQueue<>(
          Comparator.comparing((Entry<K> entry) -> entry.at()).thenComparingLong(Entry::sequence));
  private final Map<K, Entry<K>> current = new HashMap<>();
  private long sequence;

  void add(K item, Instant at) {
    Entry<K> known = current.get(item);
    if (known == null || at.isBefore(known.at())) {
      var entry = new Entry<>(at, sequence++, item);
      current.put(item, entry);
      entries.add(entry);
    }
  }

  Optional<Instant> next() {
    return Optional.ofNullable(entries.peek()).map(Entry::at);
  }

  List<K> takeDue(Instant now) {
    var due = new ArrayList<K>();
    while (!entries.isEmpty() && !entries.element().at().isAfter(now)) {
      Entry<K> entry = entries.remove();
      // An entry that an earlier one has replaced is dropped here.
      if (current.remove(entry.item(), entry)) {
        due.add(entry.item());
      }
    }
    return due;
  }
}
