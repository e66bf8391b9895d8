package io.viking.cli.bench.placement;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** How much of a workload is in one zone: samples of the whole cluster at equal intervals. */
final class Concentrations {
  /** Fewer than there are zones cannot be spread, and say nothing. */
  private static final int FEWEST = Market.ZONES.size();

  private final Map<Crew, Mean> shares = new LinkedHashMap<>();
  private final Mean losses = new Mean();
  private final Mean lostWhole = new Mean();

  private static final class Mean {
    private double sum;
    private int count;

    void add(double value) {
      sum += value;
      count++;
    }

    double value() {
      return count == 0 ? 0 : sum / count;
    }
  }

  void sample(Collection<Crew> crews) {
    for (Crew crew : crews) {
      if (crew.running() >= FEWEST) {
        shares.computeIfAbsent(crew, _ -> new Mean()).add(crew.worstShare());
      }
    }
    loseAZone(crews);
  }

  private void loseAZone(Collection<Crew> crews) {
    double worst = 0;
    long whole = 0;
    for (String zone : Market.ZONES) {
      var loss = new Mean();
      crews.stream()
          .filter(crew -> crew.running() > 1)
          .forEach(crew -> loss.add((double) crew.running(zone) / crew.running()));
      if (loss.value() > worst) {
        worst = loss.value();
        whole =
            crews.stream()
                .filter(crew -> crew.running() > 1 && crew.running(zone) == crew.running())
                .count();
      }
    }
    losses.add(worst);
    lostWhole.add(whole);
  }

  double meanShare() {
    return shares.values().stream().mapToDouble(Mean::value).average().orElse(0);
  }

  double worstShare() {
    return shares.values().stream().mapToDouble(Mean::value).max().orElse(0);
  }

  double meanLoss() {
    return losses.value();
  }

  double lostWhole() {
    return lostWhole.value();
  }
}
