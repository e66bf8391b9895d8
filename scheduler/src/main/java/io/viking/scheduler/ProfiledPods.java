package io.viking.scheduler;

import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.profile.Additions;
import io.viking.kube.profile.ClusterProfile;
import io.viking.kube.profile.PodFace;
import io.viking.kube.profile.ProfileSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Pods with what the cluster's profile says for them: it chooses zones and types as if it stood on
 * the pod. On a pod that has its zone it does stand, since the binding. Safe for all threads.
 */
final class ProfiledPods {
  private final ProfileSource source;
  private final ObjectCache<V1Namespace> namespaces;

  ProfiledPods(ProfileSource source, ObjectCache<V1Namespace> namespaces) {
    this.source = source;
    this.namespaces = namespaces;
  }

  /**
   * @param pod a copy where anything is added
   * @param additions what of it is to be put on the pod
   */
  record Profiled(V1Pod pod, Additions additions) {}

  /**
   * Empty while it is not known what the profile says for the pod: its namespace, which may select
   * it, has not been seen yet. It will be.
   */
  Optional<Profiled> of(V1Pod pod) {
    V1ObjectMeta metadata = pod.getMetadata();
    ClusterProfile profile = source.current().orElse(ClusterProfile.NONE);
    if (metadata == null || profile.equals(ClusterProfile.NONE) || isBound(pod)) {
      return Optional.of(new Profiled(pod, Additions.NONE));
    }
    Map<String, String> namespaceLabels = Map.of();
    if (profile.asksNamespaces()) {
      Optional<V1Namespace> namespace =
          namespaces.get("", Optional.ofNullable(metadata.getNamespace()).orElse(""));
      if (namespace.isEmpty()) {
        return Optional.empty();
      }
      namespaceLabels = orEmpty(labelsOf(namespace.get()));
    }
    PodFace face =
        new PodFace(
            orEmpty(Optional.ofNullable(metadata.getLabels())),
            orEmpty(Optional.ofNullable(metadata.getAnnotations())),
            namespaceLabels);
    Additions additions = profile.additions(face);
    Map<String, String> labels = new HashMap<>(face.labels());
    additions.labels().forEach(labels::putIfAbsent);
    return Optional.of(
        new Profiled(copy(pod, metadata, labels, profile.completed(face)), additions));
  }

  private static boolean isBound(V1Pod pod) {
    String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
    return node != null && !node.isEmpty();
  }

  private static Optional<Map<String, String>> labelsOf(V1Namespace namespace) {
    return Optional.ofNullable(namespace.getMetadata())
        .map(metadata -> orEmpty(Optional.ofNullable(metadata.getLabels())));
  }

  private static Map<String, String> orEmpty(Optional<Map<String, String>> map) {
    return map.orElse(Map.of());
  }

  /** As far as the scheduler reads pods. */
  private static V1Pod copy(
      V1Pod pod,
      V1ObjectMeta metadata,
      Map<String, String> labels,
      Map<String, String> annotations) {
    return new V1Pod()
        .metadata(
            new V1ObjectMeta()
                .name(metadata.getName())
                .namespace(metadata.getNamespace())
                .uid(metadata.getUid())
                .generation(metadata.getGeneration())
                .creationTimestamp(metadata.getCreationTimestamp())
                .deletionTimestamp(metadata.getDeletionTimestamp())
                .ownerReferences(metadata.getOwnerReferences())
                .labels(labels)
                .annotations(annotations))
        .spec(pod.getSpec())
        .status(pod.getStatus());
  }
}
