package io.viking.syncer.kubelet;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.cache.ObjectCache;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The pods on zone nodes; others are not ours to tell of. */
record ZonePods(ObjectCache<V1Pod> pods, Predicate<String> isZoneNode) {
  Optional<V1Pod> find(String namespace, String name) {
    return pods.get(namespace, name).filter(pod -> isZoneNode.test(nodeName(pod)));
  }

  /**
   * @param node "" for all zone nodes
   */
  List<V1Pod> on(String node) {
    return pods.list().stream()
        .filter(
            pod -> {
              String at = nodeName(pod);
              return node.isEmpty() ? isZoneNode.test(at) : node.equals(at);
            })
        .toList();
  }

  static String nodeName(V1Pod pod) {
    var spec = pod.getSpec();
    return spec == null || spec.getNodeName() == null ? "" : spec.getNodeName();
  }

  static String phase(V1Pod pod) {
    var status = pod.getStatus();
    return status == null || status.getPhase() == null ? "" : status.getPhase();
  }
}
