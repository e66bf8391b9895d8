package io.viking.scheduler.preemption;

import java.util.ArrayList;
import java.util.List;

/**
 * Who goes for a shortfall.
 *
 * <p>The lowest priority first, of equals the youngest, until there is room for all pods that wait;
 * then those are spared, the highest priority first, without whom there is as much room. Nobody
 * whom a budget protects, and nobody if it would make room for no pod more.
 *
 * @param victims in the order in which they were chosen
 * @param fit pods that there is room for once they are gone
 * @param guarded whether a budget kept somebody from being chosen
 */
record VictimChoice(List<Victim> victims, long fit, boolean guarded) {
  VictimChoice {
    victims = List.copyOf(victims);
  }

  /**
   * @param candidates all of lower priority, in the order of preference
   */
  static VictimChoice of(
      Iterable<Victim> candidates, Shortfall shortfall, Budgets.Countdown budgets) {
    long before = shortfall.fit(0, 0);
    var chosen = new ArrayList<Victim>();
    boolean guarded = false;
    long milliVcpu = 0;
    for (Victim victim : candidates) {
      if (shortfall.fit(chosen.size(), milliVcpu) >= shortfall.pods()) {
        break;
      }
      if (budgets.take(victim.crowd())) {
        chosen.add(victim);
        milliVcpu += victim.milliVcpu();
      } else {
        guarded = true;
      }
    }
    long fit = shortfall.fit(chosen.size(), milliVcpu);
    if (fit <= before) {
      return new VictimChoice(List.of(), before, guarded);
    }
    for (Victim victim : List.copyOf(chosen).reversed()) {
      long without = milliVcpu - victim.milliVcpu();
      if (shortfall.fit(chosen.size() - 1, without) >= fit) {
        chosen.remove(victim);
        milliVcpu = without;
      }
    }
    return new VictimChoice(chosen, fit, guarded);
  }
}
