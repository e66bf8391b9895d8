package io.viking.simulation.api;

import com.google.gson.Gson;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.viking.kube.client.KubeJson;

/** Objects that differ from others: stored ones are shared with every watcher and never changed. */
final class Copies {
  private static final Gson GSON = KubeJson.gson();

  private Copies() {}

  static V1ObjectMeta of(V1ObjectMeta metadata) {
    return new V1ObjectMeta()
        .name(metadata.getName())
        .namespace(metadata.getNamespace())
        .uid(metadata.getUid())
        .resourceVersion(metadata.getResourceVersion())
        .generation(metadata.getGeneration())
        .generateName(metadata.getGenerateName())
        .creationTimestamp(metadata.getCreationTimestamp())
        .deletionTimestamp(metadata.getDeletionTimestamp())
        .deletionGracePeriodSeconds(metadata.getDeletionGracePeriodSeconds())
        .labels(metadata.getLabels())
        .annotations(metadata.getAnnotations())
        .ownerReferences(metadata.getOwnerReferences())
        .finalizers(metadata.getFinalizers());
  }

  static V1PodStatus of(V1PodStatus status) {
    return new V1PodStatus()
        .phase(status.getPhase())
        .reason(status.getReason())
        .message(status.getMessage())
        .hostIP(status.getHostIP())
        .hostIPs(status.getHostIPs())
        .podIP(status.getPodIP())
        .podIPs(status.getPodIPs())
        .startTime(status.getStartTime())
        .qosClass(status.getQosClass())
        .conditions(status.getConditions())
        .initContainerStatuses(status.getInitContainerStatuses())
        .containerStatuses(status.getContainerStatuses())
        .observedGeneration(status.getObservedGeneration());
  }

  static V1Pod of(V1Pod pod, V1ObjectMeta metadata, V1PodStatus status) {
    return new V1Pod()
        .apiVersion(pod.getApiVersion())
        .kind(pod.getKind())
        .metadata(metadata)
        .spec(pod.getSpec())
        .status(status);
  }

  /** The object with other metadata. */
  static <T extends KubernetesObject> T with(T object, Class<T> type, V1ObjectMeta metadata) {
    if (object instanceof V1Pod pod) {
      return type.cast(of(pod, metadata, Present.status(pod)));
    }
    var tree = GSON.toJsonTree(object).getAsJsonObject();
    tree.add("metadata", GSON.toJsonTree(metadata));
    return GSON.fromJson(tree, type);
  }
}
