package io.viking.syncer.network.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** When something is to be done about which things; each is on it once. */
final class Agenda<K> {
  private final Outbox outbox;
  private final Map<K, Instant> due = new LinkedHashMap<>();

  Agenda(Outbox outbox) {
    this.outbox = outbox;
  }

  int size() {
    return due.size();
  }

  /** After a pause, or earlier if that was said before. */
  void soon(K key, Duration pause) {
    due.merge(key, outbox.now().plus(pause), (one, other) -> one.isBefore(other) ? one : other);
  }

  /** Then, whatever was said before. */
  void put(K key, Instant at) {
    due.put(key, at);
  }

  /**
   * Takes off what is due and does it, which may put it on again; wakes for the rest.
   *
   * @param isBusy of what waits for an answer, which puts it on again
   */
  void work(Predicate<K> isBusy, Consumer<K> act) {
    for (var entry : List.copyOf(due.entrySet())) {
      K key = entry.getKey();
      if (isBusy.test(key)) {
        continue;
      }
      if (!entry.getValue().isAfter(outbox.now())) {
        due.remove(key);
        act.accept(key);
      }
      if (!isBusy.test(key)) {
        Optional.ofNullable(due.get(key)).ifPresent(outbox::wakeAt);
      }
    }
  }
}
