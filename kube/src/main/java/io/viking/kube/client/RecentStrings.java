package io.viking.kube.client;

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
    int hash = value.hashCode();
    int place = (hash ^ (hash >>> 16)) & (table.length - 1);
    String known = table[place];
    if (known.equals(value)) {
      return known;
    }
    table[place] = value;
    return value;
  }
}
