package io.viking.cli.server;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.viking.controlplane.data.DataDirectory;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks the {@code viking up} of a data directory for its status. */
public final class StatusClient {
  private static final int TIMEOUT_MILLIS = 5_000;

  private StatusClient() {}

  /** The report; empty if nothing runs there, or it does not answer within five seconds. */
  public static Optional<StatusReport> ask(DataDirectory directory) {
    return ServerFile.read(directory).flatMap(StatusClient::ask);
  }

  private static Optional<StatusReport> ask(ServerFile server) {
    try {
      // A proxy of the environment must not see calls to this machine.
      var connection =
          (HttpURLConnection)
              URI.create(server.http() + "/status").toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try (var in = connection.getInputStream()) {
        return Optional.ofNullable(
            new Gson()
                .fromJson(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8), StatusReport.class));
      } finally {
        connection.disconnect();
      }
    } catch (IOException | JsonParseException e) {
      return Optional.empty();
    }
  }
}
