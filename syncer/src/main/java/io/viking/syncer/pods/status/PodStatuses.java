package io.viking.syncer.pods.status;

import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceCondition;
import io.viking.cloud.v1.InstancePhase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The patches of {@link StatusChanges} as they are sent by whoever adds nothing to them. */
public final class PodStatuses {
  private static final Set<String> UNEVENTFUL = Set.of("", "ContainerCreating", "PodInitializing");

  private PodStatuses() {}

  /** As {@link StatusChanges#patch}. */
  public static Optional<String> patch(V1Pod pod, Instance instance, String hostIp, Instant now) {
    return StatusChanges.patch(pod, instance, hostIp, now).map(JsonElement::toString);
  }

  /** As {@link StatusChanges#waiting}. */
  public static Optional<String> waiting(
      V1Pod pod, String container, String reason, String message, Instant now) {
    return StatusChanges.waiting(pod, container, reason, message, now).map(JsonElement::toString);
  }

  /** As {@link StatusChanges#failed}. */
  public static Optional<String> failed(V1Pod pod, String reason, String message, Instant now) {
    return StatusChanges.failed(pod, reason, message, now).map(JsonElement::toString);
  }

  /** As {@link StatusChanges#terminated}. */
  public static Optional<String> terminated(V1Pod pod, Optional<Instance> last, Instant now) {
    return StatusChanges.terminated(pod, last, now).map(JsonElement::toString);
  }

  /**
   * Whether the instance's state holds nothing yet that a user or a controller acts on: it is being
   * made as it should. A caller that leaves such a state untold takes an undisturbed pod to Running
   * with one status write.
   */
  public static boolean isUneventful(V1Pod pod, Instance instance) {
    return instance.getPhase() == InstancePhase.INSTANCE_PHASE_PENDING
        && instance.getReason().isEmpty()
        && (pod.getStatus() == null || !"Running".equals(pod.getStatus().getPhase()))
        && areTrue(instance.getConditionsList())
        && areUneventful(instance.getInitContainersList())
        && areUneventful(instance.getContainersList());
  }

  private static boolean areTrue(List<InstanceCondition> conditions) {
    for (InstanceCondition condition : conditions) {
      if (!condition.getStatus()) {
        return false;
      }
    }
    return true;
  }

  private static boolean areUneventful(List<ContainerStatus> containers) {
    for (ContainerStatus container : containers) {
      if (container.getRestartCount() != 0
          || container.hasTerminated()
          || container.hasRunning()
          || !UNEVENTFUL.contains(container.getWaiting().getReason())) {
        return false;
      }
    }
    return true;
  }
}
