package io.viking.controlplane.build;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release of Go, as far as {@code go.mod} compares it: {@code 1.26}, {@code 1.26.8}. */
record GoVersion(int major, int minor, int patch) implements Comparable<GoVersion> {
  private static final Pattern SPELLING = Pattern.compile("(?:go)?(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");

  /** Reads {@code go1.26.8}, {@code 1.26.0} or {@code go1.27rc1}; empty for anything else. */
  static Optional<GoVersion> parse(String text) {
    Matcher matcher = SPELLING.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String patch = matcher.group(3);
    return Optional.of(
        new GoVersion(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            patch == null ? 0 : Integer.parseInt(patch)));
  }

  @Override
  public int compareTo(GoVersion other) {
    return Comparator.comparingInt(GoVersion::major)
        .thenComparingInt(GoVersion::minor)
        .thenComparingInt(GoVersion::patch)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
