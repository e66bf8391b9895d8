package io.viking.chaos.plan;

/**
 * @param percent of the act's pods that are where they should be when it strikes; 0 = before the
 *     act begins
 */
public record PlannedStrike(int percent, Strike strike) {}
