package io.viking.cli.server;

import io.viking.cli.Version;
import io.viking.cli.parts.LoopPart;
import io.viking.cli.parts.Loops;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What can be seen of a cluster's cloud and loops at one moment.
 *
 * @param clusterId "" until known
 * @param adapter where other processes find the cloud; "" until known
 * @param pods how many there are, by the state that the syncer has them in
 * @param instances that the cloud has
 */
public record Sight(
    String clusterId,
    String adapter,
    List<StatusReport.Part> parts,
    Map<String, Integer> pods,
    long instances,
    int orphansHeld) {
  /** Before anything runs. */
  public static final Sight NOTHING = new Sight("", "", List.of(), Map.of(), 0, 0);

  /** Of loops in this process. */
  public static Sight of(Loops loops, Instant since) {
    return new Sight(
        loops.clusterId(),
        "",
        loops.parts().stream().map(part -> part(part, since)).toList(),
        loops.pods(),
        0,
        loops.orphansHeld());
  }

  private static StatusReport.Part part(LoopPart part, Instant since) {
    LoopPart.Condition condition = part.condition().get();
    return new StatusReport.Part(
        part.name(),
        "loop",
        condition.state().toString(),
        0,
        0,
        since.toString(),
        Version.viking(),
        condition.detail());
  }
}
