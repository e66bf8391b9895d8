package io.viking.cli;

import io.viking.adapter.sim.profile.ProfileException;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.profile.SimProfile;
import picocli.CommandLine.Option;

/** Which cloud is simulated. */
public final class SimulatedCloudOptions {
  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "instant",
      description =
          "\"instant\" (no waiting, no limits), \"eci\" (published start times, quotas, prices) or a"
              + " YAML file (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String profile;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Of the cloud's chances, taken when its state begins: the same seed, the same run"
              + " (default: ${DEFAULT-VALUE}).")
  private long seed;

  /** The profile as the flag says it: a name, or a file relative to this process' directory. */
  public String profileName() {
    return profile;
  }

  /**
   * @throws CommandFailure if there is no such profile, or it is wrong
   */
  public SimProfile profile() {
    try {
      return Profiles.load(profile);
    } catch (ProfileException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  public long seed() {
    return seed;
  }
}
