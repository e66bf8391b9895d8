package io.viking.cli.server;

import io.viking.adapter.sim.profile.SimProfile;
import io.viking.controlplane.ControlPlaneOptions;
import io.viking.controlplane.data.DataDirectory;
import io.viking.scheduler.decision.PlacementPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code viking up} runs.
 *
 * @param policy of the scheduler
 * @param profile of the simulated cloud
 * @param seed of the simulated cloud's chances; taken when its state begins
 * @param httpPort of health, metrics and status; 0: any free one
 * @param choicePolicy whether pods of a hybrid cluster may choose zones by labels and tolerations
 * @param door whether what the pool cannot honour is to be refused by admission policies
 * @param streamingIdle an exec, attach or port-forward without a byte for so long is closed
 * @param apart runs the cloud and the loops in processes of their own
 */
public record ServerOptions(
    DataDirectory directory,
    ControlPlaneOptions controlPlane,
    PlacementPolicy policy,
    SimProfile profile,
    long seed,
    int httpPort,
    boolean choicePolicy,
    boolean door,
    Duration streamingIdle,
    Optional<ApartOptions> apart) {

  public ServerOptions {
    if (httpPort < 0 || httpPort > 65535) {
      throw new IllegalArgumentException(
          "--http-port=%d is no port: name one of 1 to 65535, or 0 for any free one."
              .formatted(httpPort));
    }
  }
}
