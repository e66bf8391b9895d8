package io.viking.scheduler.pod;

import java.util.List;

/**
 * What a pod says about other pods. It holds for those that come later, too.
 *
 * @param near required affinity
 * @param away required anti-affinity
 * @param preferred both kinds
 */
public record Ties(List<AffinityTerm> near, List<AffinityTerm> away, List<WeightedTerm> preferred) {
  public static final Ties NONE = new Ties(List.of(), List.of(), List.of());

  public Ties {
    near = List.copyOf(near);
    away = List.copyOf(away);
    preferred = List.copyOf(preferred);
  }

  boolean isEmpty() {
    return near.isEmpty() && away.isEmpty() && preferred.isEmpty();
  }
}
