package io.viking.syncer.pods.lifecycle;

/** Which pod: the UID is the key, the names are for the API server's paths and for people. */
public record PodRef(String namespace, String name, String uid) {
  /** As in log lines: {@code namespace/name (uid)}. */
  @Override
  public String toString() {
    return namespace + "/" + name + " (" + uid + ")";
  }
}
