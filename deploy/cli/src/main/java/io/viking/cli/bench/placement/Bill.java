package io.viking.cli.bench.placement;

import io.viking.cloud.client.CatalogSnapshot.OfferKey;
import java.util.HashMap;
import java.util.Map;

/** What runs, and what it costs by the second. */
final class Bill {
  private record Line(OfferKey offer, boolean spot) {}

  private final Market market;
  private final Map<Line, Integer> running = new HashMap<>();
  private long money;
  private long podSeconds;

  Bill(Market market) {
    this.market = market;
  }

  /**
   * @param pods less than 0: that end
   */
  void add(OfferKey offer, boolean spot, int pods) {
    running.merge(new Line(offer, spot), pods, Integer::sum);
  }

  /** How many instances there are of an offer. */
  int live(OfferKey offer) {
    return running.getOrDefault(new Line(offer, true), 0)
        + running.getOrDefault(new Line(offer, false), 0);
  }

  /** Time goes by at the prices of now. */
  void pass(long seconds) {
    running.forEach(
        (line, pods) -> {
          money += seconds * pods * market.price(line.offer(), line.spot());
          podSeconds += seconds * pods;
        });
  }

  /** Billionths of the currency's unit. */
  long money() {
    return money;
  }

  long podSeconds() {
    return podSeconds;
  }
}
