package io.viking.chaos.run;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process of ours says of itself. */
record LoopStatus(String state, int orphansHeld) {
  /**
   * Asks the process that wrote the file.
   *
   * @throws IOException if it does not answer
   */
  static LoopStatus read(Path serverFile) throws IOException {
    var gson = new Gson();
    String address =
        gson.fromJson(Files.readString(serverFile), JsonObject.class).get("http").getAsString();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String answer =
          http.send(
                  HttpRequest.newBuilder(URI.create(address + "/status"))
                      .timeout(Duration.ofSeconds(5))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      JsonObject status = gson.fromJson(answer, JsonObject.class);
      return new LoopStatus(
          status.get("state").getAsString(), status.get("orphansHeld").getAsInt());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
