package io.viking.adapter.sim.profile;

/**
 * A token bucket's shape.
 *
 * @param burst tokens of a full bucket; -1: no limit
 * @param perMinute tokens that come back in a minute
 */
public record RateLimit(long burst, long perMinute) {
  public static final RateLimit NONE = new RateLimit(-1, 0);

  public boolean unlimited() {
    return burst < 0;
  }

  static RateLimit read(YamlMap map) {
    long burst = map.integer("burst", -1, 1_000_000);
    long perMinute = map.integer("perMinute", 0, 60_000_000);
    if (burst == 0 || (burst > 0 && perMinute == 0)) {
      throw map.wrong(
          burst == 0 ? "burst" : "perMinute",
          "give burst -1 for no limit, or burst and perMinute of at least 1");
    }
    return new RateLimit(burst, perMinute);
  }
}
