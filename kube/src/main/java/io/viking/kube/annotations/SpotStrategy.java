package io.viking.kube.annotations;

/** How a pod bids on the spot market. */
public enum SpotStrategy {
  /** It does not: it is bought on demand. */
  NO_SPOT,
  /** At the market price, whatever it is. */
  AS_PRICE_GO,
  /** At the market price, up to a limit. */
  WITH_PRICE_LIMIT
}
