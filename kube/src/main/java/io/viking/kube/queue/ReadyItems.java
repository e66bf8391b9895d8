package io.viking.kube.queue;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Which items wait and which are worked on. An item waits once however often it is added; one that
 * is added while it is worked on waits again when that work is done, and not before. Not safe for
 * several threads.
 */
final class ReadyItems<K> {
  private final Queue<K> waiting = new ArrayDeque<>();

  /** To be worked on: those that wait, and those to wait again. */
  private final Set<K> dirty = new HashSet<>();

  private final Set<K> working = new HashSet<>();

  /**
   * @return whether this changed anything
   */
  boolean add(K item) {
    if (!dirty.add(item)) {
      return false;
    }
    if (!working.contains(item)) {
      waiting.add(item);
    }
    return true;
  }

  /** The item that waits longest; it is worked on from now. */
  Optional<K> take() {
    Optional<K> item = Optional.ofNullable(waiting.poll());
    item.ifPresent(
        key -> {
          dirty.remove(key);
          working.add(key);
        });
    return item;
  }

  /**
   * @return whether the item waits again
   */
  boolean done(K item) {
    if (!working.remove(item)) {
      throw new IllegalStateException("done with an item that nobody works on: " + item);
    }
    return dirty.contains(item) && waiting.add(item);
  }

  int waiting() {
    return waiting.size();
  }

  int working() {
    return working.size();
  }
}
