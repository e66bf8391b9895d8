package io.viking.kube.client;

import java.nio.charset.StandardCharsets;

/**
 * Gives equal short strings as one object, most of the time: a table of the strings seen last, each
 * at the place of its hash. Namespaces, node names, images, label keys and the many constants of an
 * object are then shared between ten thousand objects; names and UIDs pass through.
 *
 * <p>Safe for all threads without a lock: strings are immutable, and a lost race costs one copy.
 */
final class RecentStrings {
  private static final int LONGEST = 128;

  private final String[] table;

  /**
   * @param size a power of two
   */
  RecentStrings(int size) {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("size must be a power of two, is " + size);
    }
    this.table = new String[size];
    java.util.Arrays.fill(table, "");
  }

  String share(String value) {
    if (value.length() > LONGEST) {
      return value;
    }
    int place = place(value.hashCode());
    String known = table[place];
    if (known.equals(value)) {
      return known;
    }
    table[place] = value;
    return value;
  }

  /**
   * @param text bytes that are ASCII from {@code from} to before {@code to}
   * @param hash as {@link String#hashCode} of them
   */
  String share(byte[] text, int from, int to, int hash) {
    if (to - from > LONGEST) {
      return string(text, from, to);
    }
    int place = place(hash);
    String known = table[place];
    if (known.hashCode() == hash && is(known, text, from, to)) {
      return known;
    }
    String value = string(text, from, to);
    table[place] = value;
    return value;
  }

  private int place(int hash) {
    return (hash ^ (hash >>> 16)) & (table.length - 1);
  }

  private static boolean is(String known, byte[] text, int from, int to) {
    if (known.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (known.charAt(i - from) != text[i]) {
        return false;
      }
    }
    return true;
  }

  /** In Latin 1, which copies what in ASCII is looked at byte by byte. */
  private static String string(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
