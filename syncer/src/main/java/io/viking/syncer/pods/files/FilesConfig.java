package io.viking.syncer.pods.files;

import io.viking.syncer.pods.lifecycle.Backoff;
import java.time.Duration;

/**
 * How wide and how patiently files are kept up to date.
 *
 * @param updateWidth calls at once; what changes meanwhile makes the next batch
 * @param backgroundWidth how many of them may be for what nothing has happened to: renewals of
 *     tokens, and instances taken over after a restart
 * @param adoptAfter how long after a restart the instances that were found begin to be given their
 *     files once
 * @param adoptWithin over how long that is spread
 * @param busy between tries of an instance that cannot take files yet
 * @param cloud between tries when the cloud or the API server does not answer
 * @param missing between looks at what is not there, or not to be had; that it appears is told by a
 *     watch
 */
public record FilesConfig(
    int updateWidth,
    int backgroundWidth,
    Duration adoptAfter,
    Duration adoptWithin,
    Backoff busy,
    Backoff cloud,
    Backoff missing) {
  public static final FilesConfig DEFAULT =
      new FilesConfig(
          4,
          2,
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30)),
          new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)),
          new Backoff(Duration.ofSeconds(15), Duration.ofMinutes(5)));

  public FilesConfig {
    if (updateWidth < 1) {
      throw new IllegalArgumentException("updateWidth must be at least 1, is " + updateWidth);
    }
    if (backgroundWidth < 1 || backgroundWidth > updateWidth) {
      throw new IllegalArgumentException(
          "backgroundWidth must be from 1 to updateWidth (%d), is %d"
              .formatted(updateWidth, backgroundWidth));
    }
    notNegative("adoptAfter", adoptAfter);
    notNegative("adoptWithin", adoptWithin);
  }

  private static void notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, is " + value);
    }
  }
}
