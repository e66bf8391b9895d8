package io.viking.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long streams into containers may be silent, for every command that serves them. */
public final class StreamingOptions {
  @Option(
      names = "--streaming-idle-timeout",
      paramLabel = "SECONDS",
      defaultValue = "14400",
      description =
          "An exec, attach or port-forward without a byte for so long is closed (default:"
              + " ${DEFAULT-VALUE}).")
  private int idleSeconds;

  /**
   * @throws CommandFailure if it is not a time
   */
  public Duration idle() {
    if (idleSeconds < 1) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--streaming-idle-timeout=%d is no time: name seconds, at least 1."
              .formatted(idleSeconds));
    }
    return Duration.ofSeconds(idleSeconds);
  }
}
