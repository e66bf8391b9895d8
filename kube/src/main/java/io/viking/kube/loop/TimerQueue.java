package io.viking.kube.loop;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Events that are due later, cheap for tens of thousands. Confined to one thread. */
final class TimerQueue<E> {
  private record Entry<E>(Instant at, long sequence, E event) {}

  private final PriorityQueue<Entry<E>> entries =
      new PriorityQueue<>(
          Comparator.comparing((Entry<E> entry) -> entry.at()).thenComparingLong(Entry::sequence));
  private long sequence;

  void add(Step.Timer<E> timer) {
    entries.add(new Entry<>(timer.at(), sequence++, timer.event()));
  }

  /** When the next event is due; empty if there is none. */
  Optional<Instant> next() {
    return Optional.ofNullable(entries.peek()).map(Entry::at);
  }

  /** Takes what is due, by time, and by age where the times are equal. */
  List<E> takeDue(Instant now) {
    var due = new ArrayList<E>();
    while (!entries.isEmpty() && !entries.element().at().isAfter(now)) {
      due.add(entries.remove().event());
    }
    return due;
  }

  int size() {
    return entries.size();
  }
}
