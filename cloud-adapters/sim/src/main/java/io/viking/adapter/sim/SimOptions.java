package io.viking.adapter.sim;

import io.micrometer.core.instrument.MeterRegistry;
import io.viking.adapter.sim.profile.SimProfile;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How a simulated cloud is run.
 *
 * @param seed of its chances; taken when its state begins, and kept with it from then on
 * @param stateDirectory where it remembers, one cloud per directory; empty: it forgets at the end
 * @param fsync answers wait until the disk has the command, so that they outlive the machine's
 *     death and not only the process'
 * @param clock of the cloud; real time needs a clock that follows it
 */
public record SimOptions(
    SimProfile profile,
    long seed,
    Optional<Path> stateDirectory,
    boolean fsync,
    InstantSource clock,
    MeterRegistry meters) {

  /** Real time, answers that outlive the process. */
  public static SimOptions of(
      SimProfile profile, long seed, Path stateDirectory, MeterRegistry meters) {
    return new SimOptions(
        profile, seed, Optional.of(stateDirectory), false, InstantSource.system(), meters);
  }

  /** Real time, nothing on the disk. */
  public static SimOptions inMemory(SimProfile profile, long seed, MeterRegistry meters) {
    return new SimOptions(profile, seed, Optional.empty(), false, InstantSource.system(), meters);
  }

  /** The same, by another clock. */
  public SimOptions withClock(InstantSource other) {
    return new SimOptions(profile, seed, stateDirectory, fsync, other, meters);
  }
}
