package io.viking.syncer.pods.manifest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The variables of one container, in the order in which they came. */
final class Environment {
  /** What a variable holds. */
  sealed interface Value {
    record Text(String text) implements Value {}

    /** Filled in by the instance's agent: a field of {@link PodFields#FROM_AGENT}. */
    record FromAgent(String fieldPath) implements Value {}
  }

  private final Map<String, String> services;
  private final Map<String, Value> declared = new LinkedHashMap<>();

  /**
   * @param services variables that hold unless the container declares its own
   */
  Environment(Map<String, String> services) {
    this.services = services;
  }

  /** A later value takes the place of an earlier one. */
  void put(String name, Value value) {
    declared.put(name, value);
  }

  /** Expands references to what has been put so far; those to the agent's variables stay. */
  String expand(String text) {
    return Expansion.expand(text, this::lookup);
  }

  /**
   * Like {@link #expand}, but every reference must be to a variable, as a kubelet wants it of a
   * path.
   */
  String expandKnown(String text) throws MissingReferenceException {
    Set<String> unknown = new LinkedHashSet<>();
    String expanded =
        Expansion.expand(
            text,
            name -> {
              if (!declared.containsKey(name) && !services.containsKey(name)) {
                unknown.add(name);
              }
              return lookup(name);
            });
    if (!unknown.isEmpty()) {
      throw new MissingReferenceException(
          "missing value for \"" + unknown.iterator().next() + "\"");
    }
    return expanded;
  }

  private Optional<String> lookup(String name) {
    return switch (declared.get(name)) {
      case Value.Text(String text) -> Optional.of(text);
      case Value.FromAgent _ -> Optional.empty();
      case null -> Optional.ofNullable(services.get(name));
    };
  }

  /** As core/v1 EnvVars. */
  JsonArray toJson() {
    JsonArray array = new JsonArray();
    services.forEach(
        (name, value) -> {
          if (!declared.containsKey(name)) {
            array.add(json(name, new Value.Text(value)));
          }
        });
    declared.forEach((name, value) -> array.add(json(name, value)));
    return array;
  }

  private static JsonObject json(String name, Value value) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    switch (value) {
      case Value.Text(String text) -> json.addProperty("value", text);
      case Value.FromAgent(String fieldPath) -> {
        JsonObject fieldRef = new JsonObject();
        fieldRef.addProperty("fieldPath", fieldPath);
        JsonObject valueFrom = new JsonObject();
        valueFrom.add("fieldRef", fieldRef);
        json.add("valueFrom", valueFrom);
      }
    }
    return json;
  }
}
