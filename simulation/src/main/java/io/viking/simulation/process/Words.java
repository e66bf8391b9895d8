package io.viking.simulation.process;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.Instance;
import io.viking.scheduler.loop.SchedulerEvent;
import io.viking.simulation.api.Present;
import io.viking.syncer.pods.PodsEffect;
import io.viking.syncer.pods.PodsEvent;
import io.viking.syncer.pods.lifecycle.PodObject;
import java.util.stream.Collectors;

/** Events and effects in a line each, for those who read what went before a broken invariant. */
public final class Words {
  private Words() {}

  static String of(Object message) {
    return switch (message) {
      case PodsEvent.PodSeen(V1Pod pod) -> "PodSeen " + of(pod);
      case PodsEvent.PodGone(V1Pod pod, boolean witnessed) ->
          "PodGone " + of(pod) + (witnessed ? "" : ", not witnessed");
      case PodsEvent.InstanceChanged(Instance instance) -> "InstanceChanged " + of(instance);
      case PodsEvent.InstanceRemoved(Instance instance) -> "InstanceRemoved " + of(instance);
      case PodsEvent.InstancesListed(var instances) ->
          "InstancesListed " + instances.stream().map(Words::of).collect(Collectors.joining("; "));
      case PodsEvent.LookedUp(long call, var pod) ->
          "LookedUp %d %s".formatted(call, pod.map(Words::of).orElse("nothing"));
      case PodsEffect.Resolve(long call, V1Pod pod) -> "Resolve %d %s".formatted(call, of(pod));
      case PodsEffect.CreateInstances(long call, var specs) ->
          "CreateInstances %d %s"
              .formatted(
                  call,
                  specs.stream()
                      .map(spec -> spec.getUid() + " attempt " + spec.getAttempt())
                      .toList());
      case PodsEffect.DeleteInstances(long call, var items) ->
          "DeleteInstances %d %s"
              .formatted(
                  call,
                  items.stream()
                      .map(item -> item.getUid() + " attempt " + item.getAttempt())
                      .toList());
      case SchedulerEvent.PodWaiting(var pod) -> "PodWaiting " + pod.ref();
      case SchedulerEvent.PodPlaced(var pod) ->
          "PodPlaced %s in %s".formatted(pod.uid(), pod.zone());
      case SchedulerEvent.CatalogChanged(var catalog) ->
          "CatalogChanged at revision " + catalog.revision();
      default -> String.valueOf(message).replaceAll("\\s+", " ");
    };
  }

  /** A pod and what matters of its state. */
  public static String of(V1Pod pod) {
    var metadata = Present.metadata(pod);
    return "%s/%s %s version %s, %s%s%s"
        .formatted(
            metadata.getNamespace(),
            metadata.getName(),
            metadata.getUid(),
            metadata.getResourceVersion(),
            PodObject.phase(pod),
            PodObject.nodeName(pod).isEmpty() ? "" : " in " + PodObject.nodeName(pod),
            PodObject.isDeleting(pod)
                ? ", deleting with grace " + metadata.getDeletionGracePeriodSeconds()
                : "");
  }

  /** An instance and what matters of its state. */
  public static String of(Instance instance) {
    return "%s attempt %d revision %d %s%s"
        .formatted(
            instance.getUid(),
            instance.getAttempt(),
            instance.getRevision(),
            instance.getPhase().name().replace("INSTANCE_PHASE_", ""),
            instance.hasStopTime() ? ", stopping" : "");
  }
}
