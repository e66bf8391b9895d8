package io.viking.scale;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * What the harness runs, by system properties that begin with {@code scale.}.
 *
 * @param sizes storms of so many pods, one each ({@code scale.sizes})
 * @param storms how many follow each other to look for growth ({@code scale.storms})
 * @param stormPods pods of each of them ({@code scale.storm-pods})
 * @param controlPlane {@code scale.control-plane}
 * @param apart whether Viking's parts run in processes of their own ({@code scale.apart})
 */
record ScaleSettings(
    List<Integer> sizes, int storms, int stormPods, Choice controlPlane, boolean apart) {

  /** Which API servers are used. */
  enum Choice {
    /** k3s where a Docker engine answers, else the native one. */
    AUTO,
    NATIVE,
    K3S,
    BOTH
  }

  /** Before it, caches fill and compilers compile; growth is counted from there. */
  static final int STEADY_FROM = 3;

  ScaleSettings {
    sizes = List.copyOf(sizes);
    if (sizes.stream().anyMatch(size -> size < 1) || stormPods < 1) {
      throw new IllegalArgumentException(
          "scale.sizes=%s, scale.storm-pods=%d: a storm has at least one pod"
              .formatted(sizes, stormPods));
    }
    if (storms <= STEADY_FROM) {
      throw new IllegalArgumentException(
          "scale.storms=%d: growth is counted from storm %d on, name more"
              .formatted(storms, STEADY_FROM));
    }
  }

  static ScaleSettings of(Properties properties) {
    return new ScaleSettings(
        Arrays.stream(value(properties, "scale.sizes", "500,3000,10000").split(",", -1))
            .map(size -> number("scale.sizes", size))
            .toList(),
        number("scale.storms", value(properties, "scale.storms", "10")),
        number("scale.storm-pods", value(properties, "scale.storm-pods", "1000")),
        choice(value(properties, "scale.control-plane", "auto")),
        Boolean.parseBoolean(value(properties, "scale.apart", "false")));
  }

  private static String value(Properties properties, String name, String otherwise) {
    return properties.getProperty(name, otherwise).strip();
  }

  private static int number(String name, String text) {
    try {
      return Integer.parseInt(text.strip().replace("_", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": \"" + text + "\" is no number", e);
    }
  }

  private static Choice choice(String text) {
    return Arrays.stream(Choice.values())
        .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "scale.control-plane=" + text + ": name auto, native, k3s or both"));
  }
}
