package io.viking.controlplane.build;

import io.viking.controlplane.ControlPlaneException;
import java.util.List;
import java.util.Locale;

/** What a failed {@code go} means for a person, from the last lines that it wrote. */
sealed interface BuildFailure {

  /** The disk is full. */
  record DiskFull() implements BuildFailure {}

  /** A module could not be fetched. */
  record NoNetwork(String line) implements BuildFailure {}

  /** Anything else, in go's own words. */
  record Broken(List<String> lines) implements BuildFailure {}

  static BuildFailure of(List<String> lines) {
    if (lines.stream().anyMatch(line -> line.contains("no space left on device"))) {
      return new DiskFull();
    }
    return lines.reversed().stream()
        .filter(BuildFailure::isOfTheNetwork)
        .findFirst()
        .<BuildFailure>map(NoNetwork::new)
        .orElseGet(() -> new Broken(lines));
  }

  private static boolean isOfTheNetwork(String line) {
    String lower = line.toLowerCase(Locale.ROOT);
    return List.of(
            "dial tcp",
            "no such host",
            "connection refused",
            "i/o timeout",
            "tls handshake",
            "module lookup disabled by goproxy=off",
            "unexpected eof",
            "proxyconnect",
            "bad gateway",
            "service unavailable")
        .stream()
        .anyMatch(lower::contains);
  }

  /**
   * @param what was being built
   * @param cache the folder that needs space
   */
  default ControlPlaneException exception(String what, String cache) {
    return new ControlPlaneException(
        switch (this) {
          case DiskFull() ->
              "%s cannot be built because the disk is full: free about 5 GB where %s and Go's caches are (go env GOCACHE GOMODCACHE) and run it again; it resumes."
                  .formatted(what, cache);
          case NoNetwork(String line) ->
              "%s cannot be built because its modules cannot be downloaded (%s): check the network or GOPROXY and run it again; it resumes."
                  .formatted(what, line);
          case Broken(List<String> lines) ->
              "%s cannot be built: %s".formatted(what, String.join(" | ", lines));
        });
  }
}
