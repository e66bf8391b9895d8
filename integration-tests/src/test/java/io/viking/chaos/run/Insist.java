package io.viking.chaos.run;

import com.google.gson.JsonParseException;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** Calls of a user who does not give up: the API server may be dead or frozen at any of them. */
final class Insist {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private Insist() {}

  @FunctionalInterface
  interface Call {
    void run() throws ApiException;
  }

  /**
   * Until it is done.
   *
   * @param done codes that mean "it is already so": 409 of a create, 404 of a delete
   */
  static void on(String what, Call call, Integer... done) throws InterruptedException {
    Set<Integer> already = Set.of(done);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        call.run();
        return;
      } catch (ApiException e) {
        if (already.contains(e.getCode())) {
          return;
        }
        // 403: the namespace's ServiceAccount or the API server's authorizer is not there yet.
        boolean retriable =
            e.getCode() == 0 || e.getCode() == 403 || e.getCode() == 429 || e.getCode() >= 500;
        if (!retriable || System.nanoTime() > deadline) {
          throw new AssertionError(
              "%s: %d %s %s".formatted(what, e.getCode(), e.getMessage(), e.getResponseBody()), e);
        }
      } catch (JsonParseException e) {
        // The client decodes an answer while it reads it, and its connection has ended in between.
        if (!(e.getCause() instanceof IOException) || System.nanoTime() > deadline) {
          throw e;
        }
      }
      Thread.sleep(PAUSE);
    }
  }
}
