package io.viking.syncer.pods.manifest;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.viking.cloud.v1.RegistryCredential;
import io.viking.syncer.pods.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Pull secrets → credentials by registry. What they hold is in no message and no log. */
final class PullCredentials {
  private PullCredentials() {}

  /** Those that a secret holds; none if it is of another type or cannot be read. */
  static List<RegistryCredential> of(Content secret) {
    Map<String, String> data = secret.texts();
    JsonObject auths =
        data.containsKey(".dockerconfigjson")
            ? Json.object(parse(data.getOrDefault(".dockerconfigjson", "")), "auths")
                .orElseGet(JsonObject::new)
            : parse(data.getOrDefault(".dockercfg", ""));
    List<RegistryCredential> credentials = new ArrayList<>();
    for (var entry : auths.entrySet()) {
      if (entry.getValue() instanceof JsonObject auth) {
        RegistryCredential credential = credential(entry.getKey(), auth);
        if (!credential.getUsername().isEmpty()) {
          credentials.add(credential);
        }
      }
    }
    return credentials;
  }

  private static RegistryCredential credential(String registry, JsonObject auth) {
    String username = Json.string(auth, "username");
    String password = Json.string(auth, "password");
    String[] joined = decode(Json.string(auth, "auth")).split(":", 2);
    boolean separate = !username.isEmpty() || joined.length < 2;
    return RegistryCredential.newBuilder()
        .setRegistry(host(registry))
        .setUsername(separate ? username : joined[0])
        .setPassword(separate ? password : joined[1])
        .build();
  }

  /** {@code https://index.docker.io/v1/} is {@code index.docker.io}. */
  static String host(String registry) {
    return registry
        .replaceFirst("^https?://", "")
        .replaceFirst("/v[12]/?$", "")
        .replaceFirst("/$", "");
  }

  private static String decode(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }

  private static JsonObject parse(String json) {
    try {
      return JsonParser.parseString(json) instanceof JsonObject object ? object : new JsonObject();
    } catch (JsonParseException malformed) {
      return new JsonObject();
    }
  }
}
