package io.viking.bench.apiserver;

import io.kubernetes.client.openapi.ApiClient;
import io.viking.kube.client.KubeApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Calls that loops never make: text answers, deletions of whole collections, watches that nobody
 * decodes. Over connections of their own, so that they take nothing from the measured calls.
 */
public final class RawCalls implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofMinutes(5);
  private static final MediaType JSON = MediaType.get("application/json");

  private final String server;
  private final OkHttpClient http;
  private final OkHttpClient endless;

  /** Over the TLS and the credentials of this client. */
  public RawCalls(ApiClient client) {
    this.server = client.getBasePath();
    this.http =
        client
            .getHttpClient()
            .newBuilder()
            .connectionPool(new ConnectionPool(4, 5, TimeUnit.MINUTES))
            .readTimeout(DEADLINE)
            .callTimeout(DEADLINE)
            .build();
    this.endless =
        http.newBuilder()
            .connectionPool(new ConnectionPool(16, 5, TimeUnit.MINUTES))
            .readTimeout(Duration.ZERO)
            .callTimeout(Duration.ZERO)
            .build();
  }

  /** Reads an answer line by line. */
  public interface Lines<R> {
    R read(BufferedSource lines) throws IOException;
  }

  /**
   * @throws KubeApiException the server refuses or does not answer
   */
  public <R> R get(String path, Lines<R> lines) {
    return call(new Request.Builder().url(server + path).build(), lines);
  }

  /**
   * @return false if there is nothing of that name
   * @throws KubeApiException the server refuses or does not answer
   */
  public boolean delete(String path, DeleteOptions options) {
    Request request =
        new Request.Builder()
            .url(server + path)
            .delete(RequestBody.create(options.json(), JSON))
            .build();
    try {
      return call(
          request,
          body -> {
            body.readAll(okio.Okio.blackhole());
            return true;
          });
    } catch (KubeApiException refused) {
      if (refused.isNotFound()) {
        return false;
      }
      throw refused;
    }
  }

  /**
   * A GET whose answer does not end; the caller closes it.
   *
   * @throws KubeApiException the server refuses or does not answer
   */
  public Response open(String path) {
    try {
      Response response =
          endless.newCall(new Request.Builder().url(server + path).build()).execute();
      if (!response.isSuccessful()) {
        try (response) {
          throw refused(response);
        }
      }
      return response;
    } catch (IOException e) {
      throw new KubeApiException("GET " + path + ": no answer: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    http.connectionPool().evictAll();
    endless.connectionPool().evictAll();
  }

  private <R> R call(Request request, Lines<R> lines) {
    try (Response response = http.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw refused(response);
      }
      return lines.read(response.body().source());
    } catch (IOException | UncheckedIOException e) {
      throw new KubeApiException(
          request.method() + " " + request.url().encodedPath() + ": no answer: " + e.getMessage(),
          e);
    }
  }

  private static KubeApiException refused(Response response) throws IOException {
    String text = response.body().string().strip();
    return new KubeApiException(
        response.code(),
        "",
        "%s %s: %d %s"
            .formatted(
                response.request().method(),
                response.request().url().encodedPath(),
                response.code(),
                text.substring(0, Math.min(200, text.length()))),
        Optional.empty());
  }

  /** How something is deleted. */
  public enum DeleteOptions {
    /** What it owns is deleted after it; a Job's pods would stay otherwise. */
    WITH_DEPENDENTS("\"propagationPolicy\":\"Background\""),
    /** At once, without waiting for anybody to stop it. */
    AT_ONCE("\"gracePeriodSeconds\":0");

    private final String field;

    DeleteOptions(String field) {
      this.field = field;
    }

    String json() {
      return "{\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\"," + field + "}";
    }
  }
}
