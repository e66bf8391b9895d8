package io.viking.adapter.kit.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * The last changes of an adapter's state, by revision: what watches are served from.
 *
 * <p><b>Revisions</b> are the adapter's own and strictly increasing; a gap means nothing. They must
 * not go back when the adapter restarts: an adapter that does not keep its state starts at a number
 * that it cannot have given before, such as the wall clock in microseconds.
 *
 * <p><b>What is kept.</b> A change makes an older change of the same key superfluous, and drops it;
 * a removal is never dropped that way. A reader therefore sees of each key the states that lasted,
 * in order, and every removal. Beyond {@code capacity} changes the oldest are forgotten, and who
 * wants to resume before them is {@link Read.TooOld}. So a reader costs no memory however slow it
 * is.
 *
 * <p><b>Threads.</b> All methods may be called from any thread. Appends must come in the order of
 * their revisions, so make them under the lock that guards the state they describe. Listeners run
 * on the appending thread, under that lock: they only hand over to another thread.
 */
public final class ChangeLog<K, V> {
  /**
   * One read looks at no more entries than this, wanted or not, so that it holds the lock shortly.
   */
  static final int SCAN = 2048;

  private final int capacity;
  private final ToIntFunction<? super V> bytes;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final NavigableMap<Long, Change<K, V>> changes = new TreeMap<>();
  private final Map<K, Long> latestState = new HashMap<>();
  private long head;
  private long floor;

  /**
   * @param capacity changes to keep; at least a few times the number of live keys, so that a caller
   *     who pauses for a while can resume
   * @param revision of the state now, before the first change
   * @param bytes a value's size in an answer
   */
  public ChangeLog(int capacity, long revision, ToIntFunction<? super V> bytes) {
    if (capacity < 1) {
      throw new IllegalArgumentException("A change log keeps at least 1 change, not " + capacity);
    }
    this.capacity = capacity;
    this.bytes = bytes;
    this.head = revision;
    this.floor = revision;
  }

  /** What a read finds. */
  public sealed interface Read<K, V> {
    /**
     * The changes after the revision asked for, oldest first, as many as the limits allow.
     *
     * @param revision where the next read goes on; at least that of the last change
     * @param more there is more to read now
     */
    record Changes<K, V>(List<Change<K, V>> changes, long revision, boolean more)
        implements Read<K, V> {}

    /**
     * That revision is forgotten, or never was this log's.
     *
     * @param oldest the oldest that can be resumed from
     */
    record TooOld<K, V>(long oldest) implements Read<K, V> {}
  }

  /** The revision of the last change. */
  public long revision() {
    lock.lock();
    try {
      return head;
    } finally {
      lock.unlock();
    }
  }

  public int capacity() {
    return capacity;
  }

  public void append(Change<K, V> change) {
    appendAll(List.of(change));
  }

  /**
   * Appends changes that readers may see one by one.
   *
   * @throws IllegalArgumentException if a revision is not above the one before; nothing of it and
   *     what follows is then in the log
   */
  public void appendAll(List<Change<K, V>> batch) {
    lock.lock();
    try {
      batch.forEach(this::put);
    } finally {
      lock.unlock();
    }
    listeners.forEach(Runnable::run);
  }

  /**
   * Reads on.
   *
   * @param since the revision up to which the reader knows
   * @param maxBytes of all values together; exceeded by a single value that is larger
   */
  public Read<K, V> read(long since, Predicate<? super Change<K, V>> wanted, int maxBytes) {
    lock.lock();
    try {
      if (since < floor || since > head) {
        return new Read.TooOld<>(floor);
      }
      return scan(since, wanted, maxBytes);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all changes so far, as if many others had come since. For tests and faults. */
  public void forget() {
    lock.lock();
    try {
      changes.clear();
      latestState.clear();
      floor = head;
    } finally {
      lock.unlock();
    }
  }

  /** Calls the listener after every append, until {@link #ignore}. */
  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  /** Calls that listener no more; nothing happens if it is none. */
  public void ignore(Runnable listener) {
    listeners.remove(listener);
  }

  private Read<K, V> scan(long since, Predicate<? super Change<K, V>> wanted, int maxBytes) {
    List<Change<K, V>> found = new ArrayList<>();
    long position = since;
    long size = 0;
    int scanned = 0;
    for (Change<K, V> change : changes.tailMap(since, false).values()) {
      if (scanned++ == SCAN) {
        return new Read.Changes<>(List.copyOf(found), position, true);
      }
      if (wanted.test(change)) {
        size += bytes.applyAsInt(change.value());
        if (size > maxBytes && !found.isEmpty()) {
          return new Read.Changes<>(List.copyOf(found), position, true);
        }
        found.add(change);
      }
      position = change.revision();
    }
    return new Read.Changes<>(List.copyOf(found), head, false);
  }

  private void put(Change<K, V> change) {
    if (change.revision() <= head) {
      throw new IllegalArgumentException(
          "Revision %d of %s does not follow %d".formatted(change.revision(), change.key(), head));
    }
    Long superseded =
        change.removed()
            ? latestState.remove(change.key())
            : latestState.put(change.key(), change.revision());
    if (superseded != null) {
      changes.remove(superseded);
    }
    changes.put(change.revision(), change);
    head = change.revision();
    while (changes.size() > capacity) {
      Change<K, V> forgotten = changes.pollFirstEntry().getValue();
      latestState.remove(forgotten.key(), forgotten.revision());
      floor = forgotten.revision();
    }
  }
}
