package io.viking.cli.alone;

import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.kube.shards.ShardElection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Into how many parts the work of several processes is divided. */
final class ShardFlag {
  @Option(
      names = "--shards",
      paramLabel = "N",
      description =
          "With --leader-elect: divide pods by their UID into so many shards, which the processes hold"
              + " about as many of; the same for all of them; 1 to 64 (default: 1, one process does"
              + " all).")
  private @Nullable Integer shards;

  /** As it was given. */
  @Nullable Integer given() {
    return shards;
  }

  /**
   * @throws CommandFailure it cannot be
   */
  int count() {
    if (shards == null) {
      return 1;
    }
    if (shards < 1 || shards > ShardElection.MOST_SHARDS) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--shards=%d must be from 1 to %d.".formatted(shards, ShardElection.MOST_SHARDS));
    }
    return shards;
  }
}
