package io.viking.adapter.sim.network.lb;

import java.util.Locale;
import java.util.Optional;

/**
 * The names of load balancers of layer 7. The top level is one that nobody delegates, and the
 * simulated zones answer for it.
 */
public final class Hostnames {
  /** Of them all. */
  public static final String ZONE = "sim.internal";

  private Hostnames() {}

  static String of(String cloudId, String region) {
    return cloudId + "." + region + ".alb." + ZONE;
  }

  /** The cloud id in such a name, without a trailing dot; empty: it is no such name. */
  public static Optional<String> cloudId(String name, String region) {
    String lower = name.toLowerCase(Locale.ROOT);
    String end = "." + region.toLowerCase(Locale.ROOT) + ".alb." + ZONE;
    return lower.endsWith(end)
        ? Optional.of(lower.substring(0, lower.length() - end.length()))
        : Optional.empty();
  }
}
