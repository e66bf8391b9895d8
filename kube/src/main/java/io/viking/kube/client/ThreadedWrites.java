package io.viking.kube.client;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okio.Okio;

/**
 * Writes by the HTTP client of all other calls, each on a thread of its own: goes through proxies,
 * speaks HTTP/1.1, and has all kinds of credentials that the client library knows.
 */
final class ThreadedWrites implements Writes {
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("write-", 0).factory());
  private final ApiCalls calls;

  ThreadedWrites(ApiCalls calls) {
    this.calls = calls;
  }

  @Override
  public CompletableFuture<Optional<KubeApiException>> begin(Write write) {
    var result = new CompletableFuture<Optional<KubeApiException>>();
    try {
      threads.execute(() -> make(write, result));
    } catch (RejectedExecutionException closed) {
      result.complete(
          Optional.of(ApiErrors.noAnswer(write.describe(), new IOException("closed", closed))));
    }
    return result;
  }

  private void make(Write write, CompletableFuture<Optional<KubeApiException>> result) {
    try (Response answer = calls.open(write.name(), calls.http().newCall(request(write)))) {
      // The status has told that the server did what it was asked to.
      result.complete(Optional.empty());
      // A stream that is given up before its end costs the server a reset.
      answer.body().source().readAll(Okio.blackhole());
    } catch (KubeApiException e) {
      result.complete(Optional.of(e));
    } catch (IOException brokenOff) {
      // The connection is given up by the HTTP client.
    } catch (RuntimeException | Error defect) {
      result.completeExceptionally(defect);
      throw defect;
    }
  }

  private static Request request(Write write) {
    return new Request.Builder()
        .url(write.url())
        .header("Accept", Write.ACCEPT)
        .method(write.method(), ApiCalls.body(write.body(), MediaType.get(write.contentType())))
        .build();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
