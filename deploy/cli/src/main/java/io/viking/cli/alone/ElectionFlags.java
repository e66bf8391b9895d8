package io.viking.cli.alone;

import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.kube.election.ElectionConfig;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a process is one of several. */
final class ElectionFlags {
  private static final long SHORTEST = ElectionConfig.SHORTEST_LIFE.toSeconds();
  private static final long LONGEST = ElectionConfig.LONGEST_LIFE.toSeconds();

  @Option(
      names = "--leader-elect",
      description =
          "This is one of several such processes: one works, the others stand by and take over."
              + " Without it there must be no second one.")
  private boolean leaderElect;

  @Option(
      names = "--lease-name",
      paramLabel = "NAME",
      description =
          "With --leader-elect: of the Lease in kube-system, one name for all that stand for the"
              + " same work (default: viking-scheduler, viking-syncer).")
  private @Nullable String leaseName;

  @Option(
      names = "--lease-duration",
      paramLabel = "SECONDS",
      defaultValue = "3",
      description =
          "With --leader-elect: after so long without a renewal another takes over; 2 to 300"
              + " (default: ${DEFAULT-VALUE}).")
  private int leaseDuration;

  /**
   * What the flags say.
   *
   * @param usualLease its name unless it is given
   * @return empty: this process has no rivals
   * @throws CommandFailure with a sentence, if a value cannot be
   */
  Optional<ElectionConfig> config(String usualLease) {
    if (!leaderElect) {
      if (leaseName != null) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "--lease-name=%s is for one of several processes: add --leader-elect."
                .formatted(leaseName));
      }
      return Optional.empty();
    }
    if (leaseDuration < SHORTEST || leaseDuration > LONGEST) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--lease-duration=%d must be from %d to %d seconds."
              .formatted(leaseDuration, SHORTEST, LONGEST));
    }
    String lease = leaseName == null ? usualLease : leaseName;
    try {
      return Optional.of(
          new ElectionConfig(lease, ProcessIdentity.unique(), Duration.ofSeconds(leaseDuration)));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--lease-name=%s: %s".formatted(lease, e.getMessage()));
    }
  }
}
