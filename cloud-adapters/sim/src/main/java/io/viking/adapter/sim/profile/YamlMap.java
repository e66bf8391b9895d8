package io.viking.adapter.sim.profile;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One mapping of a YAML document, read key by key. Every read names what it takes, so a key that
 * nobody asked for is found by {@link #finish}, and every failure names its path.
 *
 * <p>{@code keys} hears the path of every key that is read, list items written as {@code []}: the
 * reference page is compared with it.
 */
final class YamlMap {
  private final String path;
  private final String keyPath;
  private final Map<String, Object> values;
  private final Consumer<String> keys;
  private final Set<String> known = new LinkedHashSet<>();

  private YamlMap(String path, String keyPath, Map<String, Object> values, Consumer<String> keys) {
    this.path = path;
    this.keyPath = keyPath;
    this.values = values;
    this.keys = keys;
  }

  static YamlMap root(Map<String, Object> values, Consumer<String> keys) {
    return new YamlMap("", "", values, keys);
  }

  /** Strings as keys, or a failure that names the path. */
  static Map<String, Object> mapping(String path, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw ProfileException.at(path, value, "give a mapping of keys to values");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    map.forEach((key, entry) -> values.put(String.valueOf(key), entry));
    return values;
  }

  boolean has(String key) {
    note(key);
    return values.containsKey(key);
  }

  String text(String key) {
    Object value = value(key);
    if (value instanceof String || value instanceof Number) {
      return value.toString();
    }
    throw ProfileException.at(at(key), value, "give a text");
  }

  boolean flag(String key) {
    Object value = value(key);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw ProfileException.at(at(key), value, "give true or false");
  }

  long integer(String key, long least, long most) {
    Object value = value(key);
    if ((value instanceof Integer || value instanceof Long)
        && ((Number) value).longValue() >= least
        && ((Number) value).longValue() <= most) {
      return ((Number) value).longValue();
    }
    throw ProfileException.at(at(key), value, "give a whole number from " + least + " to " + most);
  }

  BigDecimal decimal(String key, String least, String most) {
    Object value = value(key);
    String wayOut = "give a number from " + least + " to " + most;
    BigDecimal number;
    try {
      number =
          value instanceof Number || value instanceof String
              ? new BigDecimal(value.toString())
              : new BigDecimal("1e400");
    } catch (NumberFormatException e) {
      throw ProfileException.at(at(key), value, wayOut);
    }
    if (number.compareTo(new BigDecimal(least)) < 0 || number.compareTo(new BigDecimal(most)) > 0) {
      throw ProfileException.at(at(key), value, wayOut);
    }
    return number;
  }

  /** Seconds, fractions allowed, as milliseconds. */
  long millis(String key, long leastSeconds, long mostSeconds) {
    return decimal(key, Long.toString(leastSeconds), Long.toString(mostSeconds))
        .movePointRight(3)
        .longValue();
  }

  <T> T section(String key, Function<YamlMap, T> reader) {
    YamlMap section = new YamlMap(at(key), keyAt(key), mapping(at(key), value(key)), keys);
    T result = reader.apply(section);
    section.finish();
    return result;
  }

  <T> List<T> list(String key, Function<YamlMap, T> reader) {
    List<T> results = new ArrayList<>();
    int index = 0;
    for (Object item : items(key)) {
      String itemPath = at(key) + "[" + index++ + "]";
      YamlMap map = new YamlMap(itemPath, keyAt(key) + "[]", mapping(itemPath, item), keys);
      results.add(reader.apply(map));
      map.finish();
    }
    return List.copyOf(results);
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Object item : items(key)) {
      if (!(item instanceof String text)) {
        throw ProfileException.at(at(key) + "[" + texts.size() + "]", item, "give a text");
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  List<Long> integers(String key, long least, long most) {
    List<Long> numbers = new ArrayList<>();
    for (Object item : items(key)) {
      if (!(item instanceof Integer || item instanceof Long)
          || ((Number) item).longValue() < least
          || ((Number) item).longValue() > most) {
        throw ProfileException.at(
            at(key) + "[" + numbers.size() + "]",
            item,
            "give a whole number from " + least + " to " + most);
      }
      numbers.add(((Number) item).longValue());
    }
    return List.copyOf(numbers);
  }

  /** A mapping whose keys are names that the user chose. */
  Map<String, Long> numbersByName(String key, long least, long most) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    YamlMap map = new YamlMap(at(key), keyAt(key), mapping(at(key), value(key)), ignored -> {});
    map.values.keySet().forEach(name -> numbers.put(name, map.integer(name, least, most)));
    return Map.copyOf(numbers);
  }

  ProfileException wrong(String key, String wayOut) {
    return ProfileException.at(at(key), values.getOrDefault(key, "(nothing)"), wayOut);
  }

  void finish() {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw ProfileException.at(
            at(key), values.get(key), "there is no such key; known here: " + known);
      }
    }
  }

  private Iterable<?> items(String key) {
    Object value = value(key);
    if (value instanceof List<?> items) {
      return items;
    }
    throw ProfileException.at(at(key), value, "give a list");
  }

  private Object value(String key) {
    note(key);
    Object value = values.get(key);
    if (value == null) {
      throw new ProfileException(at(key) + ": is missing; give it, or name a base that has it");
    }
    return value;
  }

  private void note(String key) {
    known.add(key);
    keys.accept(keyAt(key));
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String keyAt(String key) {
    return keyPath.isEmpty() ? key : keyPath + "." + key;
  }
}
