package io.viking.system;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waiting on conditions of a real system: patient, and clear about what did not come. */
final class Await {
  static final Duration PATIENCE = Duration.ofSeconds(120);

  private Await() {}

  static void until(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(condition);
  }
}
