package io.viking.system;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waiting on conditions of a real system: patient, and clear about what did not come. */
public final class Await {
  public static final Duration PATIENCE = Duration.ofSeconds(120);

  private Await() {}

  public static void until(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(condition);
  }
}
