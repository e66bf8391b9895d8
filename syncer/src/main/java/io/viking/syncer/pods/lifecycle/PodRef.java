package io.viking.syncer.pods.lifecycle;

import io.viking.cloud.v1.Instance;

/** Which pod: the UID is the key, the names are for the API server's paths and for people. */
public record PodRef(String namespace, String name, String uid) {
  /** Of an instance's pod, as the cloud was told it. */
  public static PodRef of(Instance instance) {
    return new PodRef(instance.getNamespace(), instance.getName(), instance.getUid());
  }

  /** As in log lines: {@code namespace/name (uid)}. */
  @Override
  public String toString() {
    return namespace + "/" + name + " (" + uid + ")";
  }
}
