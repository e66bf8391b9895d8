package io.viking.cli.alone;

import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.parts.ReplicaConfig;
import io.viking.kube.election.ElectionConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
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
      description =
          "With --leader-elect: after so long without a renewal another takes over; 2 to 300"
              + " (default: 3).")
  private @Nullable Integer leaseDuration;

  /**
   * What the flags say.
   *
   * @param usualLease its name unless it is given
   * @param shards into which the work is divided
   * @return empty: this process has no rivals
   * @throws CommandFailure with a sentence, if a value cannot be
   */
  Optional<ReplicaConfig> ofDivided(String usualLease, ShardFlag shards) {
    if (!leaderElect) {
      refuse("--shards", shards.given());
    }
    return config(usualLease, OptionalInt.of(shards.count()));
  }

  /** The same of work that cannot be divided. */
  Optional<ReplicaConfig> ofWhole(String usualLease) {
    return config(usualLease, OptionalInt.empty());
  }

  private Optional<ReplicaConfig> config(String usualLease, OptionalInt shards) {
    if (!leaderElect) {
      refuse("--lease-name", leaseName);
      refuse("--lease-duration", leaseDuration);
      return Optional.empty();
    }
    Duration life =
        leaseDuration == null ? ElectionConfig.DEFAULT_LIFE : Duration.ofSeconds(leaseDuration);
    if (life.toSeconds() < SHORTEST || life.toSeconds() > LONGEST) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--lease-duration=%d must be from %d to %d seconds."
              .formatted(life.toSeconds(), SHORTEST, LONGEST));
    }
    String lease = leaseName == null ? usualLease : leaseName;
    try {
      return Optional.of(
          new ReplicaConfig(new ElectionConfig(lease, ProcessIdentity.unique(), life), shards));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--lease-name=%s: %s".formatted(lease, e.getMessage()));
    }
  }

  private static void refuse(String flag, @Nullable Object value) {
    if (value != null) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "%s=%s is for one of several processes: add --leader-elect.".formatted(flag, value));
    }
  }
}
