package io.viking.kube.client;

import java.util.Arrays;
import java.util.List;

/**
 * The JSON names of a model's fields, found by their hash, as it is in {@link String#hashCode}: a
 * reader of bytes has it when it has seen the name, and need not make a string of it.
 */
final class FieldNames {
  private static final int NONE = -1;

  private final String[] names;
  private final byte[][] bytes;
  private final int[] places;

  FieldNames(List<String> names) {
    this.names = names.toArray(String[]::new);
    this.bytes = new byte[this.names.length][];
    this.places = new int[Integer.highestOneBit(Math.max(1, names.size())) * 4];
    Arrays.fill(places, NONE);
    for (int i = 0; i < this.names.length; i++) {
      bytes[i] = this.names[i].getBytes(java.nio.charset.StandardCharsets.UTF_8);
      int place = place(this.names[i].hashCode());
      while (places[place] != NONE) {
        place = next(place);
      }
      places[place] = i;
    }
  }

  String name(int field) {
    return names[field];
  }

  /**
   * @return the field's number, negative if there is none of this name
   */
  int indexOf(String name) {
    int place = place(name.hashCode());
    while (places[place] != NONE && !names[places[place]].equals(name)) {
      place = next(place);
    }
    return places[place];
  }

  /**
   * @param hash of the name, which is ASCII
   * @return the field's number, negative if there is none of this name
   */
  int indexOf(byte[] json, int from, int to, int hash) {
    int place = place(hash);
    while (places[place] != NONE && !is(bytes[places[place]], json, from, to)) {
      place = next(place);
    }
    return places[place];
  }

  private static boolean is(byte[] name, byte[] json, int from, int to) {
    return Arrays.equals(name, 0, name.length, json, from, to);
  }

  private int place(int hash) {
    return (hash ^ (hash >>> 16)) & (places.length - 1);
  }

  private int next(int place) {
    return (place + 1) & (places.length - 1);
  }
}
