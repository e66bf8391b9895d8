package io.viking.kube.client;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/**
 * Makes calls over HTTP: measured, and with every failure a {@link KubeApiException}. Calls go
 * round several HTTP clients, each with connections of its own, since one HTTP/2 connection is one
 * reader and one writer on both sides.
 */
final class ApiCalls {
  private final List<OkHttpClient> https;
  private final AtomicInteger turn = new AtomicInteger();
  private final HttpUrl server;
  private final RequestMetrics metrics;

  ApiCalls(List<OkHttpClient> https, HttpUrl server, RequestMetrics metrics) {
    this.https = List.copyOf(https);
    this.server = server;
    this.metrics = metrics;
  }

  /** What a call is called in metrics. */
  record Name(String verb, String resource) {}

  /** Reads what an answer's body holds. */
  interface Reader<R> {
    R read(Response response) throws IOException;
  }

  /**
   * @param path absolute, of plain segments, as {@code ResourceType.path} gives it
   */
  HttpUrl.Builder url(String path) {
    return server.newBuilder().addPathSegments(path.substring(1));
  }

  /** Makes the call, reads the answer and frees the connection. */
  <R> R run(Name name, Request request, Reader<R> reader) {
    long start = System.nanoTime();
    int code = KubeApiException.NO_ANSWER;
    try (Response response = http().newCall(request).execute()) {
      code = response.code();
      if (!response.isSuccessful()) {
        throw ApiErrors.of(request, response);
      }
      return reader.read(response);
    } catch (IOException e) {
      code = KubeApiException.NO_ANSWER;
      throw ApiErrors.noAnswer(request, e);
    } catch (com.google.gson.JsonParseException | NumberFormatException e) {
      throw ApiErrors.unreadable(request, e);
    } finally {
      metrics.done(name.verb(), name.resource(), code, System.nanoTime() - start);
    }
  }

  /** Makes the call, and leaves the answer to be read and closed by the caller. */
  Response open(Name name, Call call) {
    long start = System.nanoTime();
    int code = KubeApiException.NO_ANSWER;
    try {
      Response response = call.execute();
      code = response.code();
      if (!response.isSuccessful()) {
        try (response) {
          throw ApiErrors.of(call.request(), response);
        }
      }
      return response;
    } catch (IOException e) {
      throw ApiErrors.noAnswer(call.request(), e);
    } finally {
      metrics.done(name.verb(), name.resource(), code, System.nanoTime() - start);
    }
  }

  /** The client whose turn it is. */
  OkHttpClient http() {
    return https.get(Math.floorMod(turn.getAndIncrement(), https.size()));
  }

  /** Ends every call and closes the connections. */
  void close() {
    for (OkHttpClient http : https) {
      http.dispatcher().cancelAll();
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  /**
   * A body that is sent once. Without that the HTTP client sends a write again, unasked, when the
   * connection breaks after it was sent: the second answer (409) would then hide that the first
   * write happened.
   */
  static RequestBody body(byte[] bytes, MediaType type) {
    return new RequestBody() {
      @Override
      public MediaType contentType() {
        return type;
      }

      @Override
      public long contentLength() {
        return bytes.length;
      }

      @Override
      public boolean isOneShot() {
        return true;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        sink.write(bytes);
      }
    };
  }
}
