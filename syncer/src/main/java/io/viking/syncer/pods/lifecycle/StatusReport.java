package io.viking.syncer.pods.lifecycle;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.Instance;
import io.viking.syncer.pods.creation.CreationCondition;
import io.viking.syncer.pods.status.StatusChanges;
import java.time.Instant;
import java.util.Optional;

/** What a pod's status is to say. Equal reports say the same. */
sealed interface StatusReport {
  /** The reason of a pod that would rather fail than wait. */
  String PROVIDER_FAILED = "ProviderFailed";

  /** The patch that makes the pod say it, to add to; empty if it does. */
  Optional<JsonObject> change(V1Pod pod, String hostIp, Instant now);

  /**
   * That patch as it is sent, so that it takes effect only on the pod as it was read. One that
   * nobody waits for any more, of this process or of one before it, could otherwise arrive after a
   * later one and take a pod back.
   */
  default Optional<String> patch(V1Pod pod, String hostIp, Instant now) {
    return change(pod, hostIp, now)
        .map(
            patch -> {
              String version = PodObject.resourceVersion(pod);
              if (!version.isEmpty()) {
                patch.getAsJsonObject("metadata").addProperty("resourceVersion", version);
              }
              return patch.toString();
            });
  }

  /** What the instance says. */
  record OfInstance(Instance instance) implements StatusReport {
    @Override
    public Optional<JsonObject> change(V1Pod pod, String hostIp, Instant now) {
      return StatusChanges.patch(pod, CreationCondition.told(pod, instance), hostIp, now);
    }
  }

  /** That there is an instance, and nothing else of it. */
  record OfCreation() implements StatusReport {
    @Override
    public Optional<JsonObject> change(V1Pod pod, String hostIp, Instant now) {
      return CreationCondition.created(pod, now);
    }
  }

  /** Why there is no instance. */
  record OfTrouble(Trouble trouble) implements StatusReport {
    @Override
    public Optional<JsonObject> change(V1Pod pod, String hostIp, Instant now) {
      return switch (trouble) {
        case Trouble.Waiting(String container, String reason, String message) ->
            StatusChanges.waiting(pod, container, reason, message, now);
        case Trouble.NotCreated(String reason, String message) ->
            CreationCondition.patch(pod, reason, message, now);
        case Trouble.Fatal(String reason, String message) ->
            StatusChanges.failed(pod, PROVIDER_FAILED, reason + ": " + message, now)
                .map(patch -> CreationCondition.added(patch, pod, reason, message, now));
      };
    }
  }

  /** The pod has failed, whatever its instance last said. */
  record OfLoss(String reason, String message) implements StatusReport {
    @Override
    public Optional<JsonObject> change(V1Pod pod, String hostIp, Instant now) {
      return StatusChanges.failed(pod, reason, message, now);
    }
  }

  /** The pod has failed, and its containers were stopped for it. */
  record OfExpiry(Optional<Instance> last, String reason, String message) implements StatusReport {
    @Override
    public Optional<JsonObject> change(V1Pod pod, String hostIp, Instant now) {
      return StatusChanges.expired(pod, reason, message, last, now);
    }
  }

  /** How a deleted pod ended. */
  record OfEnd(Optional<Instance> last) implements StatusReport {
    @Override
    public Optional<JsonObject> change(V1Pod pod, String hostIp, Instant now) {
      return StatusChanges.terminated(pod, last, now);
    }
  }
}
