package io.viking.adapter.sim.profile;

import java.util.Arrays;
import java.util.Locale;

/**
 * One way in which calls fail.
 *
 * @param operation what it hits
 * @param kind how it fails
 * @param ppm parts per million of the calls that it hits
 * @param fromMillis time since the cloud was opened at which it begins
 * @param untilMillis and at which it ends
 * @param latency for LATENCY: how long the call is held
 * @param zone for OUT_OF_STOCK: the zone, empty: all of them
 */
public record FaultRule(
    Operation operation,
    Kind kind,
    int ppm,
    long fromMillis,
    long untilMillis,
    Span latency,
    String zone) {

  /** What a call does, as far as faults tell them apart. */
  public enum Operation {
    ANY,
    CREATE,
    DELETE,
    LIST,
    WATCH,
    UPDATE_FILES,
    LOGS,
    /** Exec, attach and port-forward. */
    EXEC,
    CATALOG,
    USAGE,
    /** Declaring and deleting load balancers. */
    LOAD_BALANCERS,
    BACKENDS,
    LIST_LOAD_BALANCERS,
    /** Making and deleting zones, and changing their records. */
    RECORDS,
    LIST_RECORDS;

    /** Whether a rule for this operation hits a call of that one. */
    public boolean covers(Operation call) {
      return this == ANY || this == call;
    }
  }

  /** How a call fails. */
  public enum Kind {
    /** THROTTLED, nothing happened. */
    THROTTLE,
    /** UNAVAILABLE, nothing happened. */
    UNAVAILABLE,
    /** It happened, the answer is lost: UNAVAILABLE. */
    LOST_ANSWER,
    /** It is late. */
    LATENCY,
    /** An item of a create meets an empty zone. */
    OUT_OF_STOCK
  }

  static FaultRule read(YamlMap map) {
    Operation operation = constant(map, "operation", Operation.values());
    Kind kind = constant(map, "kind", Kind.values());
    int ppm = map.decimal("probability", "0", "1").movePointRight(6).intValue();
    long from = map.has("fromSeconds") ? map.millis("fromSeconds", 0, 1_000_000_000) : 0;
    long until =
        map.has("untilSeconds") ? map.millis("untilSeconds", 0, 1_000_000_000) : Long.MAX_VALUE;
    Span latency =
        map.has("latencySeconds") ? map.section("latencySeconds", Span::read) : Span.NONE;
    String zone = map.has("zone") ? map.text("zone") : "";
    if (kind == Kind.LATENCY && latency.maxMillis() == 0) {
      throw map.wrong("latencySeconds", "give min and max with kind latency");
    }
    if (kind == Kind.OUT_OF_STOCK && operation != Operation.CREATE) {
      throw map.wrong("operation", "kind outOfStock goes with operation create");
    }
    return new FaultRule(operation, kind, ppm, from, until, latency, zone);
  }

  private static <E extends Enum<E>> E constant(YamlMap map, String key, E[] constants) {
    String text = map.text(key);
    return Arrays.stream(constants)
        .filter(constant -> camelCase(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                map.wrong(
                    key,
                    "give one of " + Arrays.stream(constants).map(FaultRule::camelCase).toList()));
  }

  private static String camelCase(Enum<?> constant) {
    StringBuilder name = new StringBuilder();
    for (String word : constant.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      name.append(
          name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return name.toString();
  }
}
