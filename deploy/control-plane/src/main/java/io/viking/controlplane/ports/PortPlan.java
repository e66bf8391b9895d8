package io.viking.controlplane.ports;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/**
 * Which ports a start uses. A port that was named or that users' kubeconfigs carry is kept or
 * refused; one that nobody outside knows is quietly replaced when it is busy.
 */
public sealed interface PortPlan {
  int MOST_TRIES = 1000;

  /** All are free. */
  record Chosen(Map<PortName, Integer> ports) implements PortPlan {
    public Chosen {
      ports = Map.copyOf(ports);
    }

    public int port(PortName name) {
      Integer port = ports.get(name);
      if (port == null) {
        throw new IllegalStateException("no port was chosen for " + name);
      }
      return port;
    }
  }

  /** One that cannot be replaced is in use. */
  record Busy(PortName name, int port) implements PortPlan {}

  /** No free port was found. */
  record Exhausted() implements PortPlan {}

  /**
   * @param kept of the last start
   * @param named by the user, now
   * @param free whether a port can be listened on
   * @param candidates an endless supply of ports to try
   */
  static PortPlan choose(
      Map<PortName, Integer> kept,
      Map<PortName, OptionalInt> named,
      IntPredicate free,
      IntSupplier candidates) {
    Map<PortName, Integer> chosen = new EnumMap<>(PortName.class);
    Set<Integer> taken = new HashSet<>();
    for (PortName name : PortName.values()) {
      OptionalInt asked = named.getOrDefault(name, OptionalInt.empty());
      Integer before = kept.get(name);
      int port;
      if (asked.isPresent()) {
        port = asked.getAsInt();
        if (taken.contains(port) || !free.test(port)) {
          return new Busy(name, port);
        }
      } else if (before != null && !taken.contains(before) && free.test(before)) {
        port = before;
      } else if (before != null && name == PortName.API) {
        return new Busy(name, before);
      } else {
        OptionalInt found = search(taken, free, candidates);
        if (found.isEmpty()) {
          return new Exhausted();
        }
        port = found.getAsInt();
      }
      chosen.put(name, port);
      taken.add(port);
    }
    return new Chosen(chosen);
  }

  private static OptionalInt search(Set<Integer> taken, IntPredicate free, IntSupplier candidates) {
    for (int i = 0; i < MOST_TRIES; i++) {
      int candidate = candidates.getAsInt();
      if (!taken.contains(candidate) && free.test(candidate)) {
        return OptionalInt.of(candidate);
      }
    }
    return OptionalInt.empty();
  }
}
