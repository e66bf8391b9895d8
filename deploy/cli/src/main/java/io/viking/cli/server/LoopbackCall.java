package io.viking.cli.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A call to another process of viking on this machine. */
final class LoopbackCall {
  private LoopbackCall() {}

  /** What it answered, be it good or bad. */
  record Answer(int code, String body) {}

  /** Empty if there is no answer in time. */
  static Optional<Answer> make(ServerFile server, String path, String method, int timeoutMillis) {
    try {
      // A proxy of the environment must not see calls to this machine.
      var connection =
          (HttpURLConnection)
              URI.create(server.http() + path).toURL().openConnection(Proxy.NO_PROXY);
      connection.setRequestMethod(method);
      connection.setRequestProperty("Authorization", "Bearer " + server.token());
      connection.setConnectTimeout(timeoutMillis);
      connection.setReadTimeout(timeoutMillis);
      try {
        return Optional.of(new Answer(connection.getResponseCode(), body(connection)));
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String body(HttpURLConnection connection) throws IOException {
    boolean good = connection.getResponseCode() < 400;
    try (InputStream in = good ? connection.getInputStream() : connection.getErrorStream()) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
