package io.viking.simulation.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Map;

/** RFC 7386: objects merge, everything else is replaced, null removes; and a strategic merge. */
final class TreeMerge {
  private static final String CONDITIONS = "conditions";

  private TreeMerge() {}

  /** As RFC 7386, but for the conditions of a status, which merge by type. */
  static void strategic(JsonObject status, JsonObject patch) {
    JsonObject others = patch.deepCopy();
    others.remove(CONDITIONS);
    apply(status, others);
    if (patch.get(CONDITIONS) instanceof JsonArray changes) {
      JsonArray conditions =
          status.get(CONDITIONS) instanceof JsonArray present ? present : new JsonArray();
      changes.forEach(change -> condition(conditions, change.getAsJsonObject()));
      status.add(CONDITIONS, conditions);
    }
  }

  private static void condition(JsonArray conditions, JsonObject change) {
    JsonElement present = null;
    for (JsonElement condition : conditions) {
      if (condition.getAsJsonObject().get("type").equals(change.get("type"))) {
        present = condition;
      }
    }
    if (change.has("$patch")) {
      conditions.remove(present == null ? JsonNull.INSTANCE : present);
    } else if (present == null) {
      conditions.add(change);
    } else {
      apply(present.getAsJsonObject(), change);
    }
  }

  static void apply(JsonObject target, JsonObject patch) {
    for (Map.Entry<String, JsonElement> field : patch.entrySet()) {
      switch (field.getValue()) {
        case JsonNull ignored -> target.remove(field.getKey());
        case JsonObject object -> {
          if (!(target.get(field.getKey()) instanceof JsonObject)) {
            target.add(field.getKey(), new JsonObject());
          }
          apply(target.getAsJsonObject(field.getKey()), object);
        }
        case JsonElement value -> target.add(field.getKey(), value);
      }
    }
  }
}
