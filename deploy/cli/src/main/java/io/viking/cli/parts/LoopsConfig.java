package io.viking.cli.parts;

import io.viking.scheduler.SchedulerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Which loops a process runs, and towards which API server.
 *
 * @param instance the process, as its events name it
 * @param patience with an API server or an adapter that is not there at the start
 * @param syncer the syncer's kubelet API, if it runs here
 * @param replica what they work under the leases of; empty: this process has no rivals
 */
public record LoopsConfig(
    String instance,
    Path kubeconfig,
    Duration patience,
    Optional<SchedulerConfig> scheduler,
    Optional<KubeletSettings> syncer,
    Optional<ReplicaConfig> replica) {
  /** {@link #patience} of a process that has nothing else to do than to wait. */
  public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
}
