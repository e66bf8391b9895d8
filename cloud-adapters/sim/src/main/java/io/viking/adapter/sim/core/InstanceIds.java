package io.viking.adapter.sim.core;

/** The cloud's own ids: they look random, and each serial of a seed has its own. */
final class InstanceIds {
  /** Digits of 64 bits in base 36. */
  private static final int DIGITS = 13;

  private InstanceIds() {}

  static String of(long seed, long serial) {
    String digits = Long.toUnsignedString(SplitMix.mix(seed ^ serial), Character.MAX_RADIX);
    return "eci-sim" + "0".repeat(DIGITS - digits.length()) + digits;
  }
}
