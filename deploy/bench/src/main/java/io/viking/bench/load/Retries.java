package io.viking.bench.load;

import io.viking.kube.client.KubeApiException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Repeats calls that the API server turned away because it was busy, and counts how often. Anything
 * else that fails is the caller's. Safe for all threads.
 */
public final class Retries {
  private static final int MOST = 8;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final AtomicInteger count = new AtomicInteger();

  public int count() {
    return count.get();
  }

  /**
   * @throws KubeApiException the last answer, if it was another or came once too often
   */
  public <T> T call(Supplier<T> call) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return call.get();
      } catch (KubeApiException busy) {
        if (busy.code() != 429 || tries == MOST) {
          throw busy;
        }
        count.incrementAndGet();
        Thread.sleep(busy.retryAfter().orElse(PAUSE.multipliedBy(tries)));
      }
    }
  }

  /** The same for a call without an answer. */
  public void run(Runnable call) throws InterruptedException {
    call(
        () -> {
          call.run();
          return true;
        });
  }
}
