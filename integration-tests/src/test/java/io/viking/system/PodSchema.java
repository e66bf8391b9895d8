package io.viking.system;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import okhttp3.Request;
import okhttp3.Response;

/** The fields of a pod's spec, as the API server itself describes them (OpenAPI v3). */
final class PodSchema {
  private static final String ROOT = "io.k8s.api.core.v1.PodSpec";

  private final JsonObject schemas;

  private PodSchema(JsonObject schemas) {
    this.schemas = schemas;
  }

  static PodSchema of(ApiClient client) throws IOException {
    Request request =
        new Request.Builder().url(client.getBasePath() + "/openapi/v3/api/v1").build();
    try (Response response = client.getHttpClient().newCall(request).execute()) {
      JsonObject body = new Gson().fromJson(response.body().string(), JsonObject.class);
      return new PodSchema(body.getAsJsonObject("components").getAsJsonObject("schemas"));
    }
  }

  /**
   * All fields of all types that a spec leads to, as "Type.field".
   *
   * @param isLeaf which of them are not looked into
   */
  Set<String> fields(Predicate<String> isLeaf) {
    Set<String> fields = new LinkedHashSet<>();
    Set<String> seen = new LinkedHashSet<>(Set.of(ROOT));
    Deque<String> types = new ArrayDeque<>(seen);
    while (!types.isEmpty()) {
      String type = types.remove();
      JsonObject properties = schemas.getAsJsonObject(type).getAsJsonObject("properties");
      if (properties == null) {
        continue; // a Quantity, a Time: text
      }
      for (Map.Entry<String, JsonElement> property : properties.entrySet()) {
        String field = type.substring(type.lastIndexOf('.') + 1) + "." + property.getKey();
        fields.add(field);
        if (!isLeaf.test(field)) {
          references(
              property.getValue(),
              reference -> {
                if (seen.add(reference)) {
                  types.add(reference);
                }
              });
        }
      }
    }
    return fields;
  }

  private interface Found {
    void accept(String type);
  }

  private static void references(JsonElement schema, Found found) {
    if (schema.isJsonArray()) {
      schema.getAsJsonArray().forEach(part -> references(part, found));
    } else if (schema.isJsonObject()) {
      for (Map.Entry<String, JsonElement> part : schema.getAsJsonObject().entrySet()) {
        if (part.getKey().equals("$ref")) {
          String reference = part.getValue().getAsString();
          found.accept(reference.substring(reference.lastIndexOf('/') + 1));
        } else {
          references(part.getValue(), found);
        }
      }
    }
  }
}
