package io.viking.syncer.kubelet.usage;

import java.time.Instant;
import java.util.List;

/**
 * One zone node, or all of them, at one moment.
 *
 * @param node "" for all
 * @param start since when its CPU is counted
 * @param cpuNanoseconds of all that ran on it since then, pods that are gone included
 * @param complete false: the cloud did not answer for all pods
 */
public record NodeSample(
    String node,
    Instant time,
    Instant start,
    long cpuNanoseconds,
    List<PodSample> pods,
    boolean complete) {
  public NodeSample {
    pods = List.copyOf(pods);
  }

  long nanoCores() {
    return pods.stream().mapToLong(PodSample::nanoCores).sum();
  }

  long memoryWorkingSetBytes() {
    return pods.stream().mapToLong(PodSample::memoryWorkingSetBytes).sum();
  }
}
