package io.viking.scheduler.pod;

import io.viking.scheduler.selector.NodeWishes;
import io.viking.scheduler.selector.Toleration;
import java.util.List;

/**
 * All that a decision can depend on. Pods of equal shape cannot be told apart and are decided as
 * one group.
 *
 * @param requests what the containers are promised
 * @param ceiling what they may use: the larger of request and limit, by which instances are sized
 * @param preempts pods of lower priority may have to go for it
 * @param daemon made by a DaemonSet
 * @param claims each once
 * @param spread with DoNotSchedule
 * @param softSpread with ScheduleAnyway
 * @param flaws sentences about what can never be scheduled as it is written; each names its field
 */
public record PodShape(
    Crowd crowd,
    int priority,
    boolean preempts,
    NodeWishes nodes,
    List<Toleration> tolerations,
    Needs requests,
    Needs ceiling,
    CloudWishes cloud,
    List<SpreadConstraint> spread,
    List<SpreadConstraint> softSpread,
    boolean daemon,
    List<ClaimUse> claims,
    List<String> flaws) {
  public PodShape {
    tolerations = List.copyOf(tolerations);
    spread = List.copyOf(spread);
    softSpread = List.copyOf(softSpread);
    claims = List.copyOf(claims);
    flaws = List.copyOf(flaws);
  }

  public String namespace() {
    return crowd.namespace();
  }

  /** What it says about other pods. */
  public Ties ties() {
    return crowd.ties();
  }

  /** Asked for several times with every pod: without what can hardly differ alone. */
  @Override
  public int hashCode() {
    return 31 * (31 * crowd.hashCode() + priority) + claims.hashCode();
  }
}
