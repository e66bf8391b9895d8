package io.viking.adapter.sim.spec;

import io.viking.adapter.sim.state.UsagePoint;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a pod says about its own simulation: {@code sim.viking.io/run-seconds}, {@code exit-code},
 * {@code init-seconds}, {@code stop-seconds}, {@code cpu}, {@code memory}, each for the pod or,
 * with {@code .CONTAINER} behind it, for one container. {@code stop-seconds} is the pod's alone.
 */
final class SimAnnotations {
  private static final String PREFIX = "sim.viking.io/";
  private static final Set<String> KEYS =
      Set.of("run-seconds", "exit-code", "init-seconds", "stop-seconds", "cpu", "memory");

  private final Map<String, String> values;

  private SimAnnotations(Map<String, String> values) {
    this.values = values;
  }

  static SimAnnotations of(Map<String, String> annotations, Set<String> containers)
      throws SpecRejected {
    Map<String, String> ours = new LinkedHashMap<>();
    for (Map.Entry<String, String> annotation : annotations.entrySet()) {
      if (annotation.getKey().startsWith(PREFIX)) {
        String key = annotation.getKey().substring(PREFIX.length());
        check(key, annotation.getValue(), containers);
        ours.put(key, annotation.getValue());
      }
    }
    SimAnnotations read = new SimAnnotations(ours);
    for (String key : ours.keySet()) {
      // What no container asks for has to be well-formed too.
      if (key.startsWith("exit-code")) {
        read.code(key);
      } else if (key.startsWith("cpu") || key.startsWith("memory")) {
        read.curve(key);
      } else {
        read.millis(key);
      }
    }
    return read;
  }

  Optional<Long> runMillis(String container) throws SpecRejected {
    return millis("run-seconds", container);
  }

  /** Only what is said for this container by its name. */
  Optional<Long> ownRunMillis(String container) throws SpecRejected {
    return millis("run-seconds." + container);
  }

  Optional<Long> initMillis(String container) throws SpecRejected {
    return millis("init-seconds", container);
  }

  Optional<Long> stopMillis() throws SpecRejected {
    return millis("stop-seconds");
  }

  int exitCode(String container) throws SpecRejected {
    int own = ownExitCode(container);
    return own >= 0 ? own : Math.max(0, code("exit-code"));
  }

  /** -1 if nothing is said for this container by its name. */
  int ownExitCode(String container) throws SpecRejected {
    return code("exit-code." + container);
  }

  /** Thousandths of a vCPU over its age; empty if nothing is said. */
  List<UsagePoint> cpu(String container) throws SpecRejected {
    return curve("cpu", container);
  }

  /** Bytes over its age; empty if nothing is said. */
  List<UsagePoint> memory(String container) throws SpecRejected {
    return curve("memory", container);
  }

  private static void check(String key, String value, Set<String> containers) throws SpecRejected {
    int dot = key.indexOf('.');
    String name = dot < 0 ? key : key.substring(0, dot);
    if (!KEYS.contains(name) || (dot >= 0 && name.equals("stop-seconds"))) {
      throw rejected(
          key, value, "is not known: the simulated cloud reads " + KEYS.stream().sorted().toList());
    }
    if (dot >= 0 && !containers.contains(key.substring(dot + 1))) {
      throw rejected(
          key,
          value,
          "names no container of the pod: it has " + containers.stream().sorted().toList());
    }
  }

  private Optional<Long> millis(String key, String container) throws SpecRejected {
    Optional<Long> own = millis(key + "." + container);
    return own.isPresent() ? own : millis(key);
  }

  private Optional<Long> millis(String key) throws SpecRejected {
    String value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.matches("[0-9]{1,9}(\\.[0-9]{1,3})?")) {
      throw rejected(key, value, "is not a number of seconds: write 5 or 0.5");
    }
    return Optional.of(new BigDecimal(value).movePointRight(3).longValue());
  }

  private List<UsagePoint> curve(String key, String container) throws SpecRejected {
    List<UsagePoint> own = curve(key + "." + container);
    return own.isEmpty() ? curve(key) : own;
  }

  private List<UsagePoint> curve(String key) throws SpecRejected {
    String value = values.get(key);
    if (value == null) {
      return List.of();
    }
    BigDecimal unit = key.startsWith("cpu") ? BigDecimal.ONE.movePointLeft(3) : BigDecimal.ONE;
    return UsageCurve.parse(value, unit)
        .orElseThrow(
            () ->
                rejected(
                    key,
                    value,
                    "is neither a quantity nor a curve over the container's age: write 250m, or"
                        + " 0s:100m,60s:800m,2m:100m with times that grow"));
  }

  private int code(String key) throws SpecRejected {
    String value = values.get(key);
    if (value == null) {
      return -1;
    }
    if (!value.matches("[0-9]{1,3}") || Integer.parseInt(value) > 255) {
      throw rejected(key, value, "is not an exit code: write a whole number from 0 to 255");
    }
    return Integer.parseInt(value);
  }

  private static SpecRejected rejected(String key, String value, String problem) {
    return SpecRejected.invalid("metadata.annotations[" + PREFIX + key + "]", value, problem);
  }
}
