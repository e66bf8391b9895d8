package io.viking.controlplane.process;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Why a process that ends at its start does so, as far as its own last lines say. */
sealed interface LastWords {
  /** klog's errors, what cobra prints, how Go dies, and zap's errors (of etcd). */
  Pattern COMPLAINT =
      Pattern.compile(
          "^(?:[EF]\\d{4} |Error: |panic: |fatal error: |\\S+\\t(?:error|fatal|panic)\\t).*");

  int MOST_LINES = 3;

  /** The disk is full. */
  record DiskFull() implements LastWords {}

  /** In the process's own words. */
  record Quoted(List<String> lines) implements LastWords {}

  /** Complaints rather than the stack traces that may follow them. */
  static LastWords of(List<String> lines) {
    if (lines.stream().anyMatch(line -> line.contains("no space left on device"))) {
      return new DiskFull();
    }
    List<String> complaints =
        lines.stream().filter(line -> COMPLAINT.matcher(line).matches()).toList();
    List<String> telling = complaints.isEmpty() ? lines : complaints;
    return new Quoted(telling.subList(Math.max(0, telling.size() - MOST_LINES), telling.size()));
  }

  /**
   * @param failures how often it ended
   * @param code of its last exit
   */
  default String sentence(String name, int failures, int code, Path log) {
    return switch (this) {
      case DiskFull() ->
          "%s cannot run because the disk of %s is full: free some space."
              .formatted(name, log.getParent());
      case Quoted(List<String> lines) ->
          "%s ended %d times at its start, the last time with exit code %d: %s (log: %s)"
              .formatted(name, failures, code, String.join(" | ", lines), log);
    };
  }
}
