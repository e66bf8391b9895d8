package io.viking.cli.server;

import io.viking.cli.logging.LogFormat;
import io.viking.kube.shards.ShardElection;
import java.util.OptionalInt;

/**
 * What processes of their own need to be told, beside what is in {@link ServerOptions}.
 *
 * @param profile of the simulated cloud, as {@code --profile} takes it in any directory
 * @param replicas of the syncer and of the scheduler, which elect one of each to work; empty: one
 *     of each, which works
 * @param shards that the syncers divide pods into; 1: one does all
 */
public record ApartOptions(
    AdapterTransport transport,
    String profile,
    LogFormat logFormat,
    OptionalInt replicas,
    int shards) {
  private static final int MOST = 9;

  public ApartOptions {
    if (replicas.isPresent() && (replicas.getAsInt() < 1 || replicas.getAsInt() > MOST)) {
      throw new IllegalArgumentException(
          "--replicas=%d must be from 1 to %d, so many processes of each part."
              .formatted(replicas.getAsInt(), MOST));
    }
    if (shards < 1 || shards > ShardElection.MOST_SHARDS) {
      throw new IllegalArgumentException(
          "--shards=%d must be from 1 to %d.".formatted(shards, ShardElection.MOST_SHARDS));
    }
    if (shards > 1 && replicas.isEmpty()) {
      throw new IllegalArgumentException(
          "--shards=%d is for several syncers: add --replicas.".formatted(shards));
    }
  }
}
