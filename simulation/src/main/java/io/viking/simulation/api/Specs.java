package io.viking.simulation.api;

import io.kubernetes.client.openapi.models.V1PodSpec;
import io.viking.kube.client.KubeJson;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Specs of pods that have a node, by the spec that they were made from: pods of one template share
 * one, so that a binding copies nothing.
 */
final class Specs {
  private final Map<V1PodSpec, Map<String, V1PodSpec>> bound = new IdentityHashMap<>();

  V1PodSpec bound(V1PodSpec spec, String node) {
    return bound
        .computeIfAbsent(spec, ignored -> new HashMap<>())
        .computeIfAbsent(node, name -> copy(spec).nodeName(name));
  }

  private static V1PodSpec copy(V1PodSpec spec) {
    return Objects.requireNonNull(
        KubeJson.gson().fromJson(KubeJson.gson().toJsonTree(spec), V1PodSpec.class));
  }
}
