package io.viking.scheduler;

import com.google.gson.JsonObject;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import io.viking.scheduler.loop.ClaimOutcome;
import io.viking.scheduler.loop.SchedulerEffect;
import io.viking.scheduler.volume.VolumeReader;

/** Writes on claims and volumes what the scheduler decided about them. */
final class ClaimCalls {
  /** So that the volume is given back when the claim goes, as if its controller had bound it. */
  private static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";

  private final KubeApi api;

  ClaimCalls(KubeApi api) {
    this.api = api;
  }

  ClaimOutcome run(SchedulerEffect.SelectNode select) {
    return patch(
        ResourceType.PERSISTENT_VOLUME_CLAIMS,
        select.claim().namespace(),
        select.claim().name(),
        selection(select));
  }

  ClaimOutcome run(SchedulerEffect.KeepVolume keep) {
    return patch(ResourceType.PERSISTENT_VOLUMES, "", keep.volume().name(), reservation(keep));
  }

  /** With the version that was seen: a zone that somebody else chose since stays. */
  static String selection(SchedulerEffect.SelectNode select) {
    var annotations = new JsonObject();
    annotations.addProperty(VolumeReader.SELECTED_NODE, select.zone());
    var metadata = new JsonObject();
    metadata.addProperty("uid", select.claimUid());
    metadata.addProperty("resourceVersion", select.claimVersion());
    metadata.add("annotations", annotations);
    var patch = new JsonObject();
    patch.add("metadata", metadata);
    return patch.toString();
  }

  /** With the version that was seen: a volume that somebody else took since is left alone. */
  static String reservation(SchedulerEffect.KeepVolume keep) {
    var annotations = new JsonObject();
    annotations.addProperty(BOUND_BY_CONTROLLER, "yes");
    var metadata = new JsonObject();
    metadata.addProperty("uid", keep.volume().uid());
    metadata.addProperty("resourceVersion", keep.volume().resourceVersion());
    metadata.add("annotations", annotations);
    var claim = new JsonObject();
    claim.addProperty("apiVersion", "v1");
    claim.addProperty("kind", "PersistentVolumeClaim");
    claim.addProperty("namespace", keep.claim().namespace());
    claim.addProperty("name", keep.claim().name());
    claim.addProperty("uid", keep.claimUid());
    var spec = new JsonObject();
    spec.add("claimRef", claim);
    var patch = new JsonObject();
    patch.add("metadata", metadata);
    patch.add("spec", spec);
    return patch.toString();
  }

  private ClaimOutcome patch(ResourceType<?> type, String namespace, String name, String json) {
    try {
      api.patch(type, namespace, name, "", PatchFormat.MERGE, json);
      return new ClaimOutcome.Written();
    } catch (KubeApiException e) {
      if (e.isConflict()) {
        return new ClaimOutcome.Failed("it has changed and is looked at again", e.retryAfter());
      }
      String message = String.valueOf(e.getMessage());
      return e.isRetriable()
          ? new ClaimOutcome.Failed(message, e.retryAfter())
          : new ClaimOutcome.Refused(message);
    }
  }
}
