package io.viking.syncer.kubelet;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.cache.ObjectCache;
import io.viking.syncer.pods.lifecycle.PodObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The pods on zone nodes; others are not ours to tell of. */
record ZonePods(ObjectCache<V1Pod> pods, Predicate<String> isZoneNode) {
  /** Whether pods are known here: not before the first list, nor while another replica leads. */
  boolean areKnown() {
    return pods.isSynced();
  }

  Optional<V1Pod> find(String namespace, String name) {
    return pods.get(namespace, name).filter(pod -> isZoneNode.test(PodObject.nodeName(pod)));
  }

  /**
   * @param node "" for all zone nodes
   */
  List<V1Pod> on(String node) {
    return pods.list().stream()
        .filter(
            pod -> {
              String at = PodObject.nodeName(pod);
              return node.isEmpty() ? isZoneNode.test(at) : node.equals(at);
            })
        .toList();
  }
}
