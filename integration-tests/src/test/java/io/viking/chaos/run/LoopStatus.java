package io.viking.chaos.run;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.viking.cli.server.StatusReport;
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
record LoopStatus(StatusReport report) {
  private static final Gson GSON = new Gson();

  /** One that is frozen does not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /**
   * Asks the process that wrote the file.
   *
   * @throws IOException if it does not answer
   */
  static LoopStatus read(Path serverFile) throws IOException {
    return new LoopStatus(GSON.fromJson(call(serverFile, "GET", "/status"), StatusReport.class));
  }

  /** Whether its part of that name is in that state. */
  boolean is(String part, String state) {
    return report.parts().stream()
        .anyMatch(one -> one.name().equals(part) && one.state().equals(state));
  }

  int orphansHeld() {
    return report.orphansHeld();
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
                  .timeout(PATIENCE)
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
