package io.viking.cli;

import io.viking.scheduler.decision.PlacementPolicy;
import picocli.CommandLine.Option;

/** How pods are placed, for every command that runs a scheduler. */
public final class PlacementOptions {
  @Option(
      names = "--placement-policy",
      paramLabel = "POLICY",
      defaultValue = "spread",
      description =
          "Of the zones that a pod may go to: spread puts the pods of a workload evenly over them, and"
              + " looks at the price then; cheapest looks at the price first, and puts no more than"
              + " half of a workload into one zone (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private PlacementPolicy policy;

  public PlacementPolicy policy() {
    return policy;
  }
}
