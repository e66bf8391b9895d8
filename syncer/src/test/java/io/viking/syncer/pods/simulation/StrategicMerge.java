package io.viking.syncer.pods.simulation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Map;

/** As much of the API server's strategic merge as pod status patches use. */
final class StrategicMerge {
  private static final Map<String, String> MERGE_KEYS =
      Map.of("conditions", "type", "podIPs", "ip", "hostIPs", "ip");

  private StrategicMerge() {}

  static void apply(JsonObject target, JsonObject patch) {
    for (var entry : patch.entrySet()) {
      String field = entry.getKey();
      switch (entry.getValue()) {
        case JsonNull _ -> target.remove(field);
        case JsonObject object -> {
          if (!(target.get(field) instanceof JsonObject)) {
            target.add(field, new JsonObject());
          }
          apply(target.getAsJsonObject(field), object);
        }
        case JsonArray array when MERGE_KEYS.containsKey(field) ->
            target.add(
                field,
                merged(
                    target.get(field) instanceof JsonArray old ? old : new JsonArray(),
                    array,
                    MERGE_KEYS.get(field)));
        case JsonElement value -> target.add(field, value.deepCopy());
      }
    }
  }

  private static JsonArray merged(JsonArray present, JsonArray patch, String key) {
    boolean replaces =
        patch.asList().stream().anyMatch(item -> item.getAsJsonObject().has("$patch"));
    JsonArray result = replaces ? new JsonArray() : present.deepCopy();
    for (JsonElement element : patch) {
      JsonObject item = element.getAsJsonObject();
      if (item.has("$patch")) {
        continue;
      }
      JsonObject into = null;
      for (JsonElement candidate : result) {
        if (candidate.getAsJsonObject().get(key).equals(item.get(key))) {
          into = candidate.getAsJsonObject();
        }
      }
      if (into == null) {
        into = new JsonObject();
        result.add(into);
      }
      apply(into, item);
    }
    return result;
  }
}
