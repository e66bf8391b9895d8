package io.viking.kube.shards;

import io.viking.kube.election.Fence;
import io.viking.kube.election.Tenure;
import java.util.Map;

/** Shards that are worked on together, from when work begins until it is to stop. */
final class Assignment implements Fence {
  static final Assignment NONE = new Assignment(Map.of());

  private final Map<Integer, Tenure> terms;
  private volatile boolean over;

  /**
   * @param terms by shard
   */
  Assignment(Map<Integer, Tenure> terms) {
    this.terms = Map.copyOf(terms);
  }

  Map<Integer, Tenure> terms() {
    return terms;
  }

  /** Work is to stop: what does not is refused from now on. */
  void end() {
    over = true;
  }

  @Override
  public boolean isOpen() {
    return !over && terms.values().stream().allMatch(Tenure::isOpen);
  }
}
