package io.viking.cli.parts;

import io.viking.kube.election.ElectionConfig;
import java.util.OptionalInt;

/**
 * How this process shares the work with others of its kind.
 *
 * @param divided into how many shards all work is divided, each with a lease of its own; 1: one
 *     process does all of it, and so it does if this is empty: then the work cannot be divided
 */
public record ReplicaConfig(ElectionConfig election, OptionalInt divided) {
  int shards() {
    return divided.orElse(1);
  }
}
