package io.viking.syncer.network.service;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What of an object's metadata the network loop acts on.
 *
 * @param createdAt seconds; the older of two objects is the one with the earlier time, and of equal
 *     times the one whose name comes first
 */
public record ObjectMeta(
    NamespacedName name,
    String uid,
    String resourceVersion,
    long generation,
    Instant createdAt,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<String> finalizers,
    boolean isDeleting) {
  public ObjectMeta {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    finalizers = List.copyOf(finalizers);
  }

  /** The same, without what changes when nobody asks for anything else. */
  public ObjectMeta declared() {
    return new ObjectMeta(
        name, uid, "", 0, createdAt, Map.of(), annotations, List.of(), isDeleting);
  }
}
