package io.viking.syncer.pods.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reading and writing small JSON trees in which a missing field and an empty one mean the same.
 *
 * <p>Patches are written with this rather than with the generated models, which send empty
 * collections for everything that was never set.
 */
public final class Json {
  private Json() {}

  public static String string(JsonObject object, String field) {
    return object.get(field) instanceof JsonPrimitive value ? value.getAsString() : "";
  }

  public static boolean flag(JsonObject object, String field) {
    return object.get(field) instanceof JsonPrimitive value && value.getAsBoolean();
  }

  public static int number(JsonObject object, String field) {
    return object.get(field) instanceof JsonPrimitive value ? value.getAsInt() : 0;
  }

  public static Optional<JsonObject> object(JsonObject object, String field) {
    return object.get(field) instanceof JsonObject value ? Optional.of(value) : Optional.empty();
  }

  public static List<JsonObject> objects(JsonObject object, String field) {
    List<JsonObject> items = new ArrayList<>();
    if (object.get(field) instanceof JsonArray array) {
      for (JsonElement item : array) {
        if (item instanceof JsonObject itemObject) {
          items.add(itemObject);
        }
      }
    }
    return items;
  }

  /** The strings of a list; what is no string is left out. */
  public static List<String> strings(JsonObject object, String field) {
    List<String> items = new ArrayList<>();
    if (object.get(field) instanceof JsonArray array) {
      for (JsonElement item : array) {
        if (item instanceof JsonPrimitive value) {
          items.add(value.getAsString());
        }
      }
    }
    return items;
  }

  /** The texts of a map; in its order. */
  public static Map<String, String> map(JsonObject object, String field) {
    Map<String, String> entries = new LinkedHashMap<>();
    if (object.get(field) instanceof JsonObject map) {
      for (var entry : map.entrySet()) {
        if (entry.getValue() instanceof JsonPrimitive value) {
          entries.put(entry.getKey(), value.getAsString());
        }
      }
    }
    return entries;
  }

  /** An integer, or what stands for a missing one. */
  public static int number(JsonObject object, String field, int missing) {
    return object.get(field) instanceof JsonPrimitive value ? value.getAsInt() : missing;
  }

  public static JsonArray array(Collection<String> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }

  public static Optional<Instant> time(JsonObject object, String field) {
    String text = string(object, field);
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException malformed) {
      return Optional.empty();
    }
  }

  /** As the API server keeps times: UTC, whole seconds. */
  public static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  public static void put(JsonObject object, String field, String value) {
    if (!value.isEmpty()) {
      object.addProperty(field, value);
    }
  }

  public static void put(JsonObject object, String field, Optional<Instant> time) {
    time.ifPresent(t -> object.addProperty(field, time(t)));
  }
}
