package io.viking.scheduler;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import io.viking.scheduler.loop.SchedulerEffect;
import io.viking.scheduler.loop.SchedulerEvent;
import io.viking.scheduler.pod.PodRef;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a pod go for one of higher priority, as kube-scheduler does: first it is told by the
 * condition DisruptionTarget, which its controller reads, then it is deleted with its own grace.
 */
final class PreemptionCalls {
  private static final Logger log = LoggerFactory.getLogger(PreemptionCalls.class);

  private final KubeApi api;

  PreemptionCalls(KubeApi api) {
    this.api = api;
  }

  SchedulerEvent run(SchedulerEffect.Preempt preempt) {
    PodRef pod = preempt.pod();
    boolean going = true;
    try {
      api.patch(
          ResourceType.PODS,
          pod.namespace(),
          pod.name(),
          "status",
          PatchFormat.STRATEGIC_MERGE,
          condition(preempt));
      api.delete(ResourceType.PODS, pod.namespace(), pod.name(), pod.uid(), KubeApi.OWN_GRACE);
    } catch (KubeApiException e) {
      // Gone, or its name is another's by now.
      going = e.isNotFound() || e.isConflict() || e.isInvalid();
      if (!going) {
        log.warn(
            "pod {}: could not be preempted and stays, another may have to go: {}",
            pod,
            e.getMessage());
      }
    }
    return new SchedulerEvent.PreemptAnswered(pod, going);
  }

  private static String condition(SchedulerEffect.Preempt preempt) {
    var condition = new JsonObject();
    condition.addProperty("type", "DisruptionTarget");
    condition.addProperty("status", "True");
    condition.addProperty("reason", "PreemptionByScheduler");
    condition.addProperty("message", "viking: preempting to accommodate a higher priority pod");
    condition.addProperty(
        "lastTransitionTime", preempt.now().truncatedTo(ChronoUnit.SECONDS).toString());
    var conditions = new JsonArray();
    conditions.add(condition);
    var status = new JsonObject();
    status.add("conditions", conditions);
    var metadata = new JsonObject();
    metadata.addProperty("uid", preempt.pod().uid());
    var patch = new JsonObject();
    patch.add("metadata", metadata);
    patch.add("status", status);
    return patch.toString();
  }
}
