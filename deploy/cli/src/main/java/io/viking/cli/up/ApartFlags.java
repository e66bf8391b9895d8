package io.viking.cli.up;

import io.viking.adapter.sim.profile.Profiles;
import io.viking.cli.logging.LogFormat;
import io.viking.cli.server.AdapterTransport;
import io.viking.cli.server.ApartOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether the parts run in one process or in several. */
final class ApartFlags {
  @Option(
      names = "--apart",
      description =
          "Run the simulated cloud, the syncer and the scheduler as processes of their own, which"
              + " this one watches over. A cluster may change from run to run.")
  private boolean apart;

  @Option(
      names = "--adapter-transport",
      paramLabel = "TRANSPORT",
      description =
          "How they reach the cloud: ${COMPLETION-CANDIDATES}; tcp is a port of 127.0.0.1 with mutual"
              + " TLS (default: unix on Linux, else tcp).")
  private @Nullable AdapterTransport transport;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      description =
          "Run so many syncers and schedulers: one of each leads, the others stand by and take over"
              + " within five seconds. Includes --apart.")
  private @Nullable Integer replicas;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description =
          "With --replicas: divide pods into so many shards, which the syncers hold about as many of;"
              + " 1 to 64 (default: 1, one syncer does all).")
  private @Nullable Integer shards;

  /**
   * @param profile as the flag says it; a file's name is relative to this process' directory
   * @throws IllegalArgumentException with a sentence, if the flags contradict each other
   */
  Optional<ApartOptions> options(String profile, LogFormat logFormat) {
    if (!apart && replicas == null) {
      if (transport != null) {
        throw new IllegalArgumentException(
            "--adapter-transport=%s is for parts in processes of their own: add --apart."
                .formatted(transport));
      }
      if (shards != null) {
        throw new IllegalArgumentException(
            "--shards=%d is for several syncers: add --replicas.".formatted(shards));
      }
      return Optional.empty();
    }
    return Optional.of(
        new ApartOptions(
            Optional.ofNullable(transport).orElseGet(AdapterTransport::usual),
            Profiles.BUILT_IN.contains(profile)
                ? profile
                : Path.of(profile).toAbsolutePath().toString(),
            logFormat,
            replicas == null ? OptionalInt.empty() : OptionalInt.of(replicas),
            shards == null ? 1 : shards));
  }
}
