package io.viking.scheduler.pod;

/**
 * How a pod bids on the spot market.
 *
 * @param limit the highest market price that it pays, in billionths of the currency's unit per
 *     second; {@link #ANY} if it pays whatever it is
 * @param fallback bought on demand where the market has nothing for it
 */
public record Bid(long limit, boolean fallback) {
  public static final long ANY = Long.MAX_VALUE;
}
