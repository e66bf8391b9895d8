package io.viking.syncer.pods.creation;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceCondition;
import io.viking.syncer.pods.status.SpotReclaim;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The pod condition {@code ContainerInstanceCreated}. False: the cloud has not given an instance,
 * and why; its reasons are the cloud's published ones where there is one (NoStock, QuotaFull).
 * True: it has, told of pods that were denied one before, and of those that others wait for.
 */
public final class CreationCondition {
  public static final String TYPE = "ContainerInstanceCreated";

  private CreationCondition() {}

  /**
   * That there is an instance, as a strategic-merge patch of the status, to add to; empty if the
   * pod says so already.
   */
  public static Optional<JsonObject> created(V1Pod pod, Instant now) {
    Optional<V1PodCondition> present = present(pod);
    if (present.filter(c -> "True".equals(c.getStatus())).isPresent()) {
      return Optional.empty();
    }
    JsonObject condition = new JsonObject();
    condition.addProperty("type", TYPE);
    condition.addProperty("status", "True");
    if (present.isPresent()) {
      condition.add("reason", JsonNull.INSTANCE);
      condition.add("message", JsonNull.INSTANCE);
    }
    condition.addProperty("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    return Optional.of(statusPatch(pod, condition));
  }

  /** The same for that there is none, and why. */
  public static Optional<JsonObject> patch(V1Pod pod, String reason, String message, Instant now) {
    return condition(pod, reason, message, now).map(condition -> statusPatch(pod, condition));
  }

  /** The same, as a part of a patch that says more. */
  public static JsonObject added(
      JsonObject patch, V1Pod pod, String reason, String message, Instant now) {
    condition(pod, reason, message, now)
        .ifPresent(
            condition -> {
              JsonObject status = patch.getAsJsonObject("status");
              JsonArray conditions =
                  status.has("conditions") ? status.getAsJsonArray("conditions") : new JsonArray();
              conditions.add(condition);
              status.add("conditions", conditions);
            });
    return patch;
  }

  private static Optional<JsonObject> condition(
      V1Pod pod, String reason, String message, Instant now) {
    Optional<V1PodCondition> present = present(pod);
    boolean isFalse = present.filter(c -> "False".equals(c.getStatus())).isPresent();
    boolean saysSo =
        isFalse
            && present.filter(c -> reason.equals(c.getReason())).isPresent()
            && present.filter(c -> message.equals(c.getMessage())).isPresent();
    if (saysSo) {
      return Optional.empty();
    }
    JsonObject condition = new JsonObject();
    condition.addProperty("type", TYPE);
    condition.addProperty("status", "False");
    condition.addProperty("reason", reason);
    condition.addProperty("message", message);
    if (!isFalse) {
      condition.addProperty("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    return Optional.of(condition);
  }

  /**
   * The instance as it tells its pod's conditions: one that exists takes back that it does not, and
   * says that it does to those who wait for it. One that the cloud will take back says so, too.
   */
  public static Instance told(V1Pod pod, Instance instance) {
    Optional<Instant> reclaim = SpotReclaim.announced(instance);
    if (reclaim.isPresent()) {
      return noticed(instance, SpotReclaim.message(instance, reclaim.get()));
    }
    boolean isDenied = present(pod).filter(c -> "False".equals(c.getStatus())).isPresent();
    return (isDenied || StrictSpread.isAwaited(pod))
            && instance.getConditionsList().stream().noneMatch(c -> c.getType().equals(TYPE))
        ? instance.toBuilder()
            .addConditions(InstanceCondition.newBuilder().setType(TYPE).setStatus(true))
            .build()
        : instance;
  }

  /** In place of what the cloud itself says by that condition. */
  private static Instance noticed(Instance instance, String message) {
    return instance.toBuilder()
        .clearConditions()
        .addAllConditions(
            instance.getConditionsList().stream().filter(c -> !c.getType().equals(TYPE)).toList())
        .addConditions(
            InstanceCondition.newBuilder()
                .setType(TYPE)
                .setStatus(true)
                .setReason(SpotReclaim.NOTICE)
                .setMessage(message))
        .build();
  }

  private static JsonObject statusPatch(V1Pod pod, JsonObject condition) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("uid", Objects.requireNonNull(pod.getMetadata()).getUid());
    JsonArray conditions = new JsonArray();
    conditions.add(condition);
    JsonObject status = new JsonObject();
    status.add("conditions", conditions);
    JsonObject patch = new JsonObject();
    patch.add("metadata", metadata);
    patch.add("status", status);
    return patch;
  }

  private static Optional<V1PodCondition> present(V1Pod pod) {
    var status = pod.getStatus();
    List<V1PodCondition> conditions = status == null ? null : status.getConditions();
    if (conditions != null) {
      for (V1PodCondition condition : conditions) {
        if (TYPE.equals(condition.getType())) {
          return Optional.of(condition);
        }
      }
    }
    return Optional.empty();
  }
}
