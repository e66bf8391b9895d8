package io.viking.scheduler.pod;

/** Which pod. The UID is the key; namespace and name are for calls and people. */
public record PodRef(String namespace, String name, String uid) {
  @Override
  public String toString() {
    return namespace + "/" + name + " (" + uid + ")";
  }
}
