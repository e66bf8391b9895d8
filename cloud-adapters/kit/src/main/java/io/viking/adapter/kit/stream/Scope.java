package io.viking.adapter.kit.stream;

import io.viking.adapter.kit.failure.Failures;

/** The rule SCOPE: every call on instances names its cluster. */
public final class Scope {
  private Scope() {}

  /**
   * The cluster id, as it was given.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_SPEC, if there is none
   */
  public static String require(String clusterId) {
    if (clusterId.isBlank()) {
      throw Failures.exception(
          Failures.invalid(
              "cluster_id",
              clusterId,
              "it must be the UID of the cluster's namespace kube-system"));
    }
    return clusterId;
  }
}
