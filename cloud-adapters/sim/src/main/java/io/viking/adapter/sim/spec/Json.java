package io.viking.adapter.sim.spec;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One object of a pod manifest with the path by which its user knows it. What is missing or null is
 * empty; what has the wrong kind is rejected.
 */
record Json(JsonObject object, String path) {

  static Json parse(String text) throws SpecRejected {
    try {
      JsonElement element = JsonParser.parseString(text);
      if (element.isJsonObject()) {
        return new Json(element.getAsJsonObject(), "");
      }
    } catch (JsonParseException e) {
      // told below: the parser's own words may quote the manifest
    }
    throw SpecRejected.invalid("pod_manifest", "…", "is not a JSON object: send a core/v1 Pod");
  }

  Json child(String name) throws SpecRejected {
    JsonElement element = object.get(name);
    if (element == null || element.isJsonNull()) {
      return new Json(new JsonObject(), at(name));
    }
    if (!element.isJsonObject()) {
      throw SpecRejected.invalid(at(name), element.toString(), "is not an object");
    }
    return new Json(element.getAsJsonObject(), at(name));
  }

  boolean has(String name) {
    JsonElement element = object.get(name);
    return element != null && !element.isJsonNull();
  }

  List<Json> children(String name) throws SpecRejected {
    List<Json> children = new ArrayList<>();
    for (JsonElement element : elements(name)) {
      String path = at(name) + "[" + children.size() + "]";
      if (!element.isJsonObject()) {
        throw SpecRejected.invalid(path, element.toString(), "is not an object");
      }
      children.add(new Json(element.getAsJsonObject(), path));
    }
    return children;
  }

  List<String> texts(String name) throws SpecRejected {
    List<String> texts = new ArrayList<>();
    for (JsonElement element : elements(name)) {
      texts.add(primitive(name, element));
    }
    return texts;
  }

  Optional<String> text(String name) throws SpecRejected {
    return has(name) ? Optional.of(primitive(name, object.get(name))) : Optional.empty();
  }

  /** Seconds as milliseconds. */
  Optional<Long> seconds(String name) throws SpecRejected {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Math.multiplyExact(Long.parseLong(text.get()), 1000L));
    } catch (NumberFormatException | ArithmeticException e) {
      throw SpecRejected.invalid(at(name), text.get(), "is not a whole number of seconds");
    }
  }

  Map<String, String> textMap() throws SpecRejected {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : object.keySet()) {
      texts.put(name, primitive(name, object.get(name)));
    }
    return texts;
  }

  String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private Iterable<JsonElement> elements(String name) throws SpecRejected {
    JsonElement element = object.get(name);
    if (element == null || element.isJsonNull()) {
      return List.of();
    }
    if (!element.isJsonArray()) {
      throw SpecRejected.invalid(at(name), element.toString(), "is not a list");
    }
    return element.getAsJsonArray();
  }

  private String primitive(String name, JsonElement element) throws SpecRejected {
    if (!element.isJsonPrimitive()) {
      throw SpecRejected.invalid(at(name), element.toString(), "is not a text or a number");
    }
    return element.getAsString();
  }
}
