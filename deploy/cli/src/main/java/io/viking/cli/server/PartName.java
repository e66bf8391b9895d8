package io.viking.cli.server;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What a part's process is called: alone by its role, else with its number.
 *
 * @param role "syncer"
 * @param replica from 1; 0: it is the only one
 */
record PartName(String role, int replica) {
  static PartName only(String role) {
    return new PartName(role, 0);
  }

  /**
   * All processes of a role.
   *
   * @param replicas empty: one, without a lease
   */
  static List<PartName> all(String role, OptionalInt replicas) {
    return replicas.isEmpty()
        ? List.of(only(role))
        : IntStream.rangeClosed(1, replicas.getAsInt())
            .mapToObj(replica -> new PartName(role, replica))
            .toList();
  }

  /** "syncer" or "syncer-2". */
  String process() {
    return numbered(role);
  }

  /** A loop in that process: "zone-nodes" or "zone-nodes-2". */
  String numbered(String loop) {
    return replica == 0 ? loop : loop + "-" + replica;
  }

  /** Whether it stands for a lease. */
  boolean isReplica() {
    return replica > 0;
  }
}
