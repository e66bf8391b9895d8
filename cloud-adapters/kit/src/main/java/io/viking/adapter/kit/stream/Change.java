package io.viking.adapter.kit.stream;

/**
 * One thing's new state, or its removal.
 *
 * @param revision of the adapter's state after this change; each change has its own
 * @param key what changed
 * @param value its whole state now; of a removal, its last state
 * @param removed the key is gone; it may come back later
 */
public record Change<K, V>(long revision, K key, V value, boolean removed) {
  public static <K, V> Change<K, V> changed(long revision, K key, V value) {
    return new Change<>(revision, key, value, false);
  }

  public static <K, V> Change<K, V> removed(long revision, K key, V last) {
    return new Change<>(revision, key, last, true);
  }
}
