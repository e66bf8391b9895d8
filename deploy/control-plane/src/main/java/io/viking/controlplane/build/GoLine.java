package io.viking.controlplane.build;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line that {@code go} wrote while it built, by what it tells. */
sealed interface GoLine {
  Pattern DOWNLOAD = Pattern.compile("go: downloading (\\S+) (\\S+)");
  Pattern PACKAGE = Pattern.compile("[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~+-]+)*");

  /** A module's archive is being fetched. */
  record Download(String module) implements GoLine {}

  /** A package is being compiled ({@code -v}), or is named by {@code go list}. */
  record Package(String path) implements GoLine {}

  /** Anything else: a warning, or a reason for failing. */
  record Text(String text) implements GoLine {}

  static GoLine parse(String line) {
    Matcher download = DOWNLOAD.matcher(line);
    if (download.matches()) {
      return new Download(download.group(1));
    }
    return PACKAGE.matcher(line).matches() ? new Package(line) : new Text(line);
  }
}
