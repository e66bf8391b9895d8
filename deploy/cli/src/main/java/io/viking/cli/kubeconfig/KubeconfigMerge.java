package io.viking.cli.kubeconfig;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Puts our cluster into a kubeconfig of the user's, as a value: maps and lists as a YAML file gives
 * them. Everything that is not named {@link #NAME} stays as it is and in its place.
 */
final class KubeconfigMerge {
  /** Name of our cluster, user and context in the user's file. */
  static final String NAME = "viking";

  private KubeconfigMerge() {}

  /**
   * Merges.
   *
   * @param theirs the user's kubeconfig; empty if there is none
   * @param ours a kubeconfig whose current context is the one to take
   * @return theirs with a cluster, a user and a context named {@link #NAME}; the current context is
   *     set only where there was none
   * @throws IllegalArgumentException with a sentence, if one of the two is no kubeconfig
   */
  static Map<String, Object> merge(Map<String, Object> theirs, Map<String, Object> ours) {
    Map<String, Object> context = body(ours, "contexts", "context", text(ours, "current-context"));
    var merged = new LinkedHashMap<String, Object>();
    merged.put("apiVersion", "v1");
    merged.put("kind", "Config");
    merged.putAll(theirs);
    put(merged, "clusters", "cluster", body(ours, "clusters", "cluster", text(context, "cluster")));
    put(merged, "users", "user", body(ours, "users", "user", text(context, "user")));
    var own = new LinkedHashMap<>(context);
    own.put("cluster", NAME);
    own.put("user", NAME);
    put(merged, "contexts", "context", own);
    if (Objects.toString(merged.get("current-context"), "").isEmpty()) {
      merged.put("current-context", NAME);
    }
    return merged;
  }

  /** Whether something of ours is in it already. */
  static boolean isIn(Map<String, Object> theirs) {
    return List.of("clusters", "users", "contexts").stream()
        .anyMatch(kind -> entries(theirs, kind).stream().anyMatch(KubeconfigMerge::isOurs));
  }

  private static void put(
      Map<String, Object> config, String kind, String key, Map<String, Object> body) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("name", NAME);
    entry.put(key, body);
    var all = new ArrayList<Object>();
    boolean replaced = false;
    for (Object existing : entries(config, kind)) {
      if (!isOurs(existing)) {
        all.add(existing);
      } else if (!replaced) {
        all.add(entry);
        replaced = true;
      }
    }
    if (!replaced) {
      all.add(entry);
    }
    config.put(kind, all);
  }

  private static boolean isOurs(Object entry) {
    return entry instanceof Map<?, ?> map && NAME.equals(map.get("name"));
  }

  private static List<?> entries(Map<String, Object> config, String kind) {
    Object value = config.get(kind);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("\"" + kind + "\" is not a list");
  }

  @SuppressWarnings("unchecked") // keys of a YAML map that kubectl reads are text
  private static Map<String, Object> body(
      Map<String, Object> config, String kind, String key, String name) {
    for (Object entry : entries(config, kind)) {
      if (entry instanceof Map<?, ?> map
          && name.equals(map.get("name"))
          && map.get(key) instanceof Map<?, ?> body) {
        return (Map<String, Object>) body;
      }
    }
    throw new IllegalArgumentException("there is no \"" + name + "\" in its " + kind);
  }

  private static String text(Map<String, Object> map, String key) {
    if (map.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("\"" + key + "\" is missing");
  }
}
