package io.viking.chaos.plan;

import java.util.List;

/**
 * @param number from 1
 * @param pods how many its work is about
 * @param first strikes while the pods come, by progress
 * @param second strikes while they go or change, by progress
 */
public record Round(
    int number, Work work, int pods, List<PlannedStrike> first, List<PlannedStrike> second) {
  public Round {
    first = List.copyOf(first);
    second = List.copyOf(second);
  }
}
