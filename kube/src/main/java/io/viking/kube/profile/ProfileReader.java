package io.viking.kube.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the profile's ConfigMap. Pure. */
public final class ProfileReader {
  private ProfileReader() {}

  /**
   * What became of reading.
   *
   * @param profile of what can be understood
   * @param flaws sentences about the rest; each names the key, the value and the way out
   * @param unknown keys of the ConfigMap that mean nothing here
   */
  public record Reading(ClusterProfile profile, List<String> flaws, Set<String> unknown) {
    public Reading {
      flaws = List.copyOf(flaws);
      unknown = Set.copyOf(unknown);
    }
  }

  /**
   * @param data of the ConfigMap
   */
  public static Reading read(Map<String, String> data) {
    List<String> flaws = new ArrayList<>();
    Map<String, String> defaults = new HashMap<>();
    Set<String> unknown = new TreeSet<>(data.keySet());
    for (ProfileKey key : ProfileKey.values()) {
      key.names.forEach(unknown::remove);
      read(key, data, defaults, flaws);
    }
    unknown.remove(ProfileKey.SELECTORS);
    String selectors = data.getOrDefault(ProfileKey.SELECTORS, "");
    List<ProfileRule> rules =
        selectors.isBlank() ? List.of() : SelectorsReader.read(selectors, flaws);
    return new Reading(new ClusterProfile(defaults, rules), flaws, unknown);
  }

  private static void read(
      ProfileKey key, Map<String, String> data, Map<String, String> defaults, List<String> flaws) {
    String before = "";
    for (String name : key.names) {
      String value = data.getOrDefault(name, "").strip();
      if (value.isEmpty()) {
        continue;
      }
      if (!key.admits(value)) {
        flaws.add("%s is \"%s\", but must be %s".formatted(name, value, key.form()));
      } else if (!before.isEmpty() && !before.equals(value)) {
        flaws.add(
            "%s is \"%s\" and %s is \"%s\", but they are one: leave out one of the two"
                .formatted(key.names.getFirst(), before, name, value));
      } else {
        before = value;
        key.annotation.ifPresent(annotation -> defaults.put(annotation.key(), value));
      }
    }
  }
}
