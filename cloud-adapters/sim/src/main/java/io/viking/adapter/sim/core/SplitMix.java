package io.viking.adapter.sim.core;

import java.util.random.RandomGenerator;

/** The SplitMix64 generator with its state in the open, so that it can be saved and go on. */
final class SplitMix implements RandomGenerator {
  private long state;

  SplitMix(long state) {
    this.state = state;
  }

  long state() {
    return state;
  }

  @Override
  public long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    return mix(state);
  }

  /** A bijection of 64 bits. */
  static long mix(long bits) {
    long z = bits;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
