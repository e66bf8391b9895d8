package io.viking.kube.profile;

import java.util.Map;

/**
 * What the profile goes by.
 *
 * @param namespaceLabels of the pod's namespace
 */
public record PodFace(
    Map<String, String> labels,
    Map<String, String> annotations,
    Map<String, String> namespaceLabels) {}
