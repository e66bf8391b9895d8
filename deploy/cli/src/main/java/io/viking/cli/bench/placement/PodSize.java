package io.viking.cli.bench.placement;

/**
 * What a pod asks for.
 *
 * @param spot it bids, and pays the market price
 */
record PodSize(long milliVcpu, long memoryMib, boolean spot) {}
