package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.rule.Skew;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.List;

/**
 * {@code topologySpreadConstraints} with ScheduleAnyway: zones that hold maxSkew are equal, the
 * others are the worse the further they are beyond it. A zone without the key comes last.
 */
public final class SoftSpread implements ZoneScore {
  @Override
  public String name() {
    return "SoftSpread";
  }

  @Override
  public String words(long cost) {
    if (cost == Long.MAX_VALUE) {
      return "not a domain";
    }
    return cost == 0 ? "holds" : cost + " too many";
  }

  @Override
  public Costs open(Request request, Population population, List<Site> sites) {
    PodShape shape = request.shape();
    return shape.softSpread().isEmpty()
        ? Costs.NONE
        : new Excess(Skew.soft(shape, population, sites));
  }

  private record Excess(List<Skew> skews) implements Costs {
    @Override
    public long of(Slot slot) {
      long sum = 0;
      for (int i = 0; i < skews.size(); i++) {
        Skew skew = skews.get(i);
        if (!skew.counts(slot.site())) {
          return Long.MAX_VALUE;
        }
        sum += Math.max(0, skew.excess(slot.site()));
      }
      return sum;
    }

    @Override
    public void placed(Site site) {
      skews.forEach(skew -> skew.placed(site));
    }
  }
}
