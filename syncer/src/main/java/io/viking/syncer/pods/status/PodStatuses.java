package io.viking.syncer.pods.status;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.Instance;
import java.time.Instant;
import java.util.Optional;

/**
 * Strategic-merge patches that bring a pod's status in line with what is known of its instance.
 *
 * <p>Pure. Every patch carries {@code metadata.uid}, so that it never hits another pod of the same
 * name, and belongs on the {@code status} subresource, which takes labels and annotations as well.
 * A patch holds only what differs.
 */
public final class PodStatuses {
  private PodStatuses() {}

  /**
   * The patch for a pod whose instance is in this state; empty if the pod says so already.
   *
   * @param hostIp the zone node's InternalIP; {@code ""} = not known, then it is left out
   */
  public static Optional<String> patch(V1Pod pod, Instance instance, String hostIp, Instant now) {
    return Optional.empty();
  }

  /**
   * The patch for a pod that has no instance yet because something is missing.
   *
   * @param container the container that waits; {@code ""} = all of them
   */
  public static Optional<String> waiting(
      V1Pod pod, String container, String reason, String message, Instant now) {
    return Optional.empty();
  }

  /** The patch for a pod that ends as Failed without (or whatever) an instance says. */
  public static Optional<String> failed(V1Pod pod, String reason, String message, Instant now) {
    return Optional.empty();
  }

  /**
   * The patch of terminal statuses for a pod that is being deleted. Where the end of a container is
   * not known, it is exit code 137 with reason ContainerStatusUnknown, as the kubelet says.
   *
   * @param last the instance's last known state
   */
  public static Optional<String> terminated(V1Pod pod, Optional<Instance> last, Instant now) {
    return Optional.empty();
  }
}
