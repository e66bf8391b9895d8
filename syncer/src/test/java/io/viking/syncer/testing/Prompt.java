package io.viking.syncer.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Waits for what comes at once if all is well: looks often, so that hundreds of waits in a row take
 * no time, and is patient, so that a busy machine fails nobody.
 */
public final class Prompt {
  private Prompt() {}

  public static ConditionFactory await() {
    return Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(30));
  }
}
