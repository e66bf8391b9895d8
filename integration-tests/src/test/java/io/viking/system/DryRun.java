package io.viking.system;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Asks the API server what it would say to an object; none is stored. */
final class DryRun {
  private static final Gson GSON = new Gson();
  private static final MediaType JSON = MediaType.get("application/json");

  private final ApiClient client;

  /**
   * What it said.
   *
   * @param message of the refusal; "" if it was taken
   * @param object as it would have been stored; empty if it was refused
   * @param warnings as clients show them
   */
  record Answer(int code, String message, JsonObject object, List<String> warnings) {
    boolean isTaken() {
      return code < 300;
    }
  }

  DryRun(ApiClient client) {
    this.client = client;
  }

  /**
   * @param path of the collection, such as "/api/v1/namespaces/default/pods"
   */
  Answer create(String path, Map<String, Object> object) throws IOException {
    return send("POST", path, object);
  }

  /**
   * @param path of the object
   */
  Answer replace(String path, Map<String, Object> object) throws IOException {
    return send("PUT", path, object);
  }

  private Answer send(String method, String path, Map<String, Object> object) throws IOException {
    Request request =
        new Request.Builder()
            .url(client.getBasePath() + path + "?dryRun=All")
            .method(method, RequestBody.create(GSON.toJson(object), JSON))
            .build();
    try (Response response = client.getHttpClient().newCall(request).execute()) {
      JsonObject body = GSON.fromJson(response.body().string(), JsonObject.class);
      String message =
          response.isSuccessful()
              ? ""
              : Optional.ofNullable(body.get("message")).map(m -> m.getAsString()).orElse("");
      return new Answer(
          response.code(),
          message,
          response.isSuccessful() ? body : new JsonObject(),
          response.headers("Warning"));
    }
  }

  /** An object as people write it. */
  @SuppressWarnings("unchecked") // an object of Kubernetes is a map with names as keys
  static Map<String, Object> yaml(String text) {
    return (Map<String, Object>) new org.yaml.snakeyaml.Yaml().load(text);
  }
}
