package io.viking.kube.queue;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * A line in which tenants take turns: one item of each that has some, each tenant's own in order.
 * So whoever asks for ten thousand at once waits for himself, and whoever asks for three has them
 * after three rounds. An item stands in it once. All in constant time; not safe for several
 * threads.
 */
public final class FairLine<T> {
  private final SequencedMap<String, SequencedSet<T>> tenants = new LinkedHashMap<>();
  private int size;

  /** To the end of the tenant's own. */
  public void add(String tenant, T item) {
    if (own(tenant).add(item)) {
      size++;
    }
  }

  /** To the head of all: what {@link #next} gave and nobody could use. */
  public void putBack(String tenant, T item) {
    addFirst(tenant, item);
    tenants.putFirst(tenant, own(tenant));
  }

  /** To the head of the tenant's own: it had its turn and could not use it yet. */
  public void addFirst(String tenant, T item) {
    SequencedSet<T> own = own(tenant);
    if (!own.contains(item)) {
      own.addFirst(item);
      size++;
    }
  }

  /** No effect if it is not there. */
  public void remove(String tenant, T item) {
    SequencedSet<T> own = tenants.get(tenant);
    if (own != null && own.remove(item)) {
      size--;
      if (own.isEmpty()) {
        tenants.remove(tenant);
      }
    }
  }

  /** Whose turn it is, out of the line. */
  public Optional<T> next() {
    Map.Entry<String, SequencedSet<T>> turn = tenants.pollFirstEntry();
    if (turn == null) {
      return Optional.empty();
    }
    SequencedSet<T> own = turn.getValue();
    T item = own.removeFirst();
    size--;
    if (!own.isEmpty()) {
      tenants.putLast(turn.getKey(), own);
    }
    return Optional.of(item);
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public int size() {
    return size;
  }

  private SequencedSet<T> own(String tenant) {
    return tenants.computeIfAbsent(tenant, _ -> new LinkedHashSet<>());
  }
}
