package io.viking.scheduler.filter;

import io.viking.cloud.v1.InstanceType;
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
    if (!isTooDear(request, site)) {
      return Verdict.PASS;
    }
    OptionalLong lowest =
        request.types().stream()
            .map(type -> site.shelf().spotPrice(type.getName()))
            .flatMapToLong(OptionalLong::stream)
            .min();
    return new Verdict.Reject(
        "with a spot price of %s per hour above the limit of the annotation k8s.aliyun.com/eci-spot-price-limit"
            .formatted(perHour(lowest.orElse(0))),
        cures(request, site));
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

  /** With the decimals that the annotation may have, rounded up: a limit that would do. */
  private static String perHour(long nanosPerSecond) {
    return BigDecimal.valueOf(nanosPerSecond, 9)
        .multiply(SECONDS_PER_HOUR)
        .setScale(3, RoundingMode.CEILING)
        .toPlainString();
  }
}
