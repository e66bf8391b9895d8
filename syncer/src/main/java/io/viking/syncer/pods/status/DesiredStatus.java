package io.viking.syncer.pods.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a pod's status should say.
 *
 * @param reason {@code ""}: as it is
 * @param conditions only ours; others stay
 * @param podIps the primary first; empty: as it is
 * @param hostIp {@code ""}: as it is
 * @param startTime used only if the pod has none
 * @param labels to be set; others stay
 * @param annotations to be set; others stay
 */
record DesiredStatus(
    String phase,
    String reason,
    String message,
    List<Condition> conditions,
    List<ContainerReport> inits,
    List<ContainerReport> apps,
    List<String> podIps,
    String hostIp,
    Instant startTime,
    Map<String, String> labels,
    Map<String, String> annotations) {}
