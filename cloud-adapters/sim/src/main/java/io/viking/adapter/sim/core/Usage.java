package io.viking.adapter.sim.core;

/**
 * An account's sums at one moment.
 *
 * @param spentNanos billionths of the currency's unit, so far
 * @param nanosPerSecond what is being spent now
 * @param instanceSeconds seconds that instances have existed, from create to end
 * @param live instances that exist now and have not ended
 * @param created instances ever made
 */
public record Usage(
    long spentNanos, long nanosPerSecond, long instanceSeconds, long live, long created) {}
