package io.viking.kube.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * How soon a cache watches again. A busy API server ends the watches that it cannot serve in time,
 * several times a second if it must: whoever waits then longer each time falls further behind. So a
 * watch that has told something is followed by the next at once, and only what fails without having
 * told anything backs off. Confined to the reader.
 */
final class WatchPace {
  private final Backoff backoff;
  private final Duration healthyAfter;
  private Instant began = Instant.MIN;
  private boolean told;

  WatchPace(WatchTiming timing, RandomGenerator random) {
    this.backoff = timing.backoff(random);
    this.healthyAfter = timing.healthyAfter();
  }

  /** A list or a watch is tried. */
  void begins(Instant now) {
    began = now;
    told = false;
  }

  /** The watch has told a change or a bookmark. */
  void tells() {
    told = true;
  }

  /** Whether what ended now had stood for as long as it should. */
  boolean stoodWell(Instant now) {
    return Duration.between(began, now).compareTo(healthyAfter) >= 0;
  }

  /**
   * The pause to make now.
   *
   * @param failed the server or the connection did not end it in order
   */
  Duration pauseAfter(boolean failed, Instant now) {
    if (told || stoodWell(now)) {
      backoff.reset();
    }
    return told && !failed ? Duration.ZERO : backoff.next();
  }
}
