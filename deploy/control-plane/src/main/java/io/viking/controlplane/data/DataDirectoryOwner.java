package io.viking.controlplane.data;

import java.time.Instant;

/**
 * The process that holds a data directory.
 *
 * @param since when it took it
 */
public record DataDirectoryOwner(long pid, Instant since) {

  static DataDirectoryOwner parse(String text) {
    String[] words = text.strip().split(" ", -1);
    return new DataDirectoryOwner(Long.parseLong(words[0]), Instant.parse(words[1]));
  }

  String text() {
    return pid + " " + since + "\n";
  }
}
