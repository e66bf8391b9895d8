package io.viking.cli.install;

import com.google.common.hash.Hashing;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/**
 * What is applied, with a fingerprint of it as an annotation, and whether an object in the API
 * server is so already. Pure.
 *
 * <p>To write a policy anew costs the API server and the controller-manager a compilation each,
 * also where nothing changes: seconds at every start. What somebody has changed or removed by hand
 * is seen by comparing, what is wanted no more by the fingerprint.
 */
record AppliedContent(JsonObject json) {
  static final String FINGERPRINT = "viking.io/applied";

  private static final Set<String> EMPTY = Set.of("", "0", "false");

  static AppliedContent of(InstalledObject object) {
    Object content = new Yaml().load(object.content());
    JsonObject json = new Gson().toJsonTree(content).getAsJsonObject();
    String fingerprint =
        Hashing.sha256().hashString(object.content(), StandardCharsets.UTF_8).toString();
    child(child(json, "metadata"), "annotations")
        .addProperty(FINGERPRINT, fingerprint.substring(0, 16));
    return new AppliedContent(json);
  }

  private static JsonObject child(JsonObject parent, String name) {
    if (!parent.has(name)) {
      parent.add(name, new JsonObject());
    }
    return parent.getAsJsonObject(name);
  }

  /** Whether all of it stands in an object, which may have more fields: those with defaults. */
  boolean isIn(JsonElement object) {
    return stands(json, object);
  }

  private static boolean stands(JsonElement wanted, JsonElement there) {
    if (wanted instanceof JsonObject fields) {
      return there instanceof JsonObject present
          && fields.entrySet().stream().allMatch(field -> fieldStands(field, present));
    }
    if (wanted instanceof JsonArray items) {
      return there instanceof JsonArray present && itemsStand(items, present);
    }
    return same(wanted, there);
  }

  private static boolean fieldStands(Map.Entry<String, JsonElement> field, JsonObject there) {
    JsonElement present = there.get(field.getKey());
    return present == null ? isEmpty(field.getValue()) : stands(field.getValue(), present);
  }

  /** Neither the API server nor the client's models write all that is empty. */
  private static boolean isEmpty(JsonElement wanted) {
    return switch (wanted) {
      case JsonObject object -> object.isEmpty();
      case JsonArray array -> array.isEmpty();
      case JsonPrimitive primitive -> EMPTY.contains(primitive.getAsString());
      default -> wanted.isJsonNull();
    };
  }

  private static boolean itemsStand(JsonArray wanted, JsonArray there) {
    if (wanted.size() != there.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!stands(wanted.get(i), there.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(JsonElement wanted, JsonElement there) {
    boolean areNumbers =
        wanted instanceof JsonPrimitive one
            && there instanceof JsonPrimitive other
            && one.isNumber()
            && other.isNumber();
    return areNumbers
        ? wanted.getAsBigDecimal().compareTo(there.getAsBigDecimal()) == 0
        : wanted.equals(there);
  }
}
