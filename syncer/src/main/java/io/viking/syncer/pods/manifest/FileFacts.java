package io.viking.syncer.pods.manifest;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is remembered of the files that an instance was given.
 *
 * @param digests by volume
 * @param tokenLife of the token among them that dies first, as it was granted; empty: none was
 *     asked for
 * @param immutable what was read and will not change
 */
public record FileFacts(
    Map<String, ContentDigest> digests, Optional<Duration> tokenLife, Set<Reference> immutable) {
  public static final FileFacts NONE = new FileFacts(Map.of(), Optional.empty(), Set.of());

  public FileFacts {
    digests = Map.copyOf(digests);
    immutable = Set.copyOf(immutable);
  }
}
