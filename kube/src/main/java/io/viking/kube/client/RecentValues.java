package io.viking.kube.client;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Parses texts to immutable values and gives those of equal texts as one object, most of the time,
 * like {@link RecentStrings}: the eight times of a running pod are two or three seconds, and its
 * quantities those of all its siblings.
 */
final class RecentValues<T> {
  private final Function<String, T> parse;
  private final @Nullable Known<T>[] table;

  private record Known<T>(String text, T value) {}

  /**
   * @param size a power of two
   * @param parse may throw; what it throws comes from {@link #of}
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  RecentValues(int size, Function<String, T> parse) {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("size must be a power of two, is " + size);
    }
    this.parse = parse;
    this.table = new Known[size];
  }

  T of(String text) {
    int hash = text.hashCode();
    int place = (hash ^ (hash >>> 16)) & (table.length - 1);
    Known<T> known = table[place];
    if (known != null && known.text().equals(text)) {
      return known.value();
    }
    T value = parse.apply(text);
    table[place] = new Known<>(text, value);
    return value;
  }
}
