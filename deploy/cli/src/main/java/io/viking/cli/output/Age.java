package io.viking.cli.output;

import java.time.Duration;

/** How long ago something was, as kubectl writes it: {@code 12s}, {@code 5m30s}, {@code 3d4h}. */
public final class Age {
  private Age() {}

  /** Writes a duration in at most two units; a negative one, from a clock that differs, is 0s. */
  public static String of(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    long hours = minutes / 60;
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    long days = hours / 24;
    return days < 8 ? two(days, "d", hours % 24, "h") : days + "d";
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return large + largeUnit + (small == 0 ? "" : small + smallUnit);
  }
}
