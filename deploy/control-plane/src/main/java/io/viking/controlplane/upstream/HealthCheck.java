package io.viking.controlplane.upstream;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Asks an HTTPS server whether it serves: 200 is yes, anything else is no. */
final class HealthCheck implements BooleanSupplier, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int OK = 200;

  private final URI server;
  private final String path;
  private final Supplier<SSLContext> tls;

  /** Made by the first question: that takes longer than to launch the server. */
  private @Nullable HttpClient client;

  private boolean closed;

  HealthCheck(URI server, String path, Supplier<SSLContext> tls) {
    this.server = server;
    this.path = path;
    this.tls = tls;
  }

  private synchronized HttpClient client() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .sslContext(tls.get())
              .connectTimeout(PATIENCE)
              .version(HttpClient.Version.HTTP_1_1)
              .build();
    }
    return client;
  }

  @Override
  public boolean getAsBoolean() {
    return get(path).isPresent();
  }

  /** The body of a 200; empty for every other answer and for none. */
  Optional<String> get(String resource) {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(resource)).timeout(PATIENCE).GET().build();
    try {
      HttpResponse<String> answer = client().send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == OK ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (client != null) {
      client.shutdownNow();
    }
  }
}
