package io.viking.scheduler.filter;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.pod.Bid;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Site;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** One of the types has a price that the pod pays. It speaks of those that bid with a limit. */
public final class SpotPrice implements ZoneFilter {
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

  @Override
  public String name() {
    return "SpotPrice";
  }

  @Override
  public Verdict check(Request request, Site site) {
    return isTooDear(request, site)
        ? new Verdict.Reject(
            "with a market price above the %s per hour of the annotation k8s.aliyun.com/eci-spot-price-limit"
                .formatted(limit(request)),
            cures(request, site))
        : Verdict.PASS;
  }

  /** The price itself moves, and each move would be a write for each pod that waits. */
  @Override
  public String detail(Request request, Site site) {
    return request.types().stream()
        .map(type -> site.shelf().spotPrice(type.getName()))
        .flatMapToLong(OptionalLong::stream)
        .min()
        .stream()
        .mapToObj(lowest -> "it is " + perHour(lowest, RoundingMode.CEILING).toPlainString())
        .findFirst()
        .orElse("");
  }

  static boolean isTooDear(Request request, Site site) {
    return request.bid().isPresent()
        && request.types().stream()
            .noneMatch(type -> site.shelf().price(type.getName(), request.bid()).isPresent());
  }

  static Set<Cure> cures(Request request, Site site) {
    var cures = new HashSet<Cure>();
    for (InstanceType type : request.types()) {
      cures.add(new Cure.SpotPrice(site.id(), type.getName()));
    }
    return cures;
  }

  /** As the annotation has it: what was rounded down to be compared is rounded to its decimals. */
  private static String limit(Request request) {
    long limit = request.bid().map(Bid::limit).orElse(0L);
    return perHour(limit, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
  }

  /** With the decimals that the annotation may have; rounded up it is a limit that would do. */
  private static BigDecimal perHour(long nanosPerSecond, RoundingMode rounding) {
    return BigDecimal.valueOf(nanosPerSecond, 9).multiply(SECONDS_PER_HOUR).setScale(3, rounding);
  }
}
