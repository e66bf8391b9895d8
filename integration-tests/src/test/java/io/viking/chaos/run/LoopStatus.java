package io.viking.chaos.run;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process of ours says of itself. */
record LoopStatus(String state, int orphansHeld) {
  private static final Gson GSON = new Gson();

  /**
   * Asks the process that wrote the file.
   *
   * @throws IOException if it does not answer
   */
  static LoopStatus read(Path serverFile) throws IOException {
    JsonObject status = GSON.fromJson(call(serverFile, "GET", "/status"), JsonObject.class);
    return new LoopStatus(status.get("state").getAsString(), status.get("orphansHeld").getAsInt());
  }

  /**
   * Lets the held orphans go, as {@code viking cloud gc --confirm} does.
   *
   * @throws IOException if the process does not answer
   */
  static void collectOrphans(Path serverFile) throws IOException {
    String unused = call(serverFile, "POST", "/orphans/collect");
  }

  private static String call(Path serverFile, String method, String path) throws IOException {
    JsonObject server = GSON.fromJson(Files.readString(serverFile), JsonObject.class);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(server.get("http").getAsString() + path))
                  .method(method, BodyPublishers.noBody())
                  .header("Authorization", "Bearer " + server.get("token").getAsString())
                  .timeout(Duration.ofSeconds(5))
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
