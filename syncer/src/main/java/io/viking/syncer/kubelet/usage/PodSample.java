package io.viking.syncer.kubelet.usage;

import java.time.Instant;
import java.util.List;

/** One pod at one moment: the sum of its containers, which are at least one. */
public record PodSample(
    String namespace, String name, String uid, Instant time, List<ContainerSample> containers) {
  public PodSample {
    containers = List.copyOf(containers);
  }

  long cpuNanoseconds() {
    return containers.stream().mapToLong(ContainerSample::cpuNanoseconds).sum();
  }

  long nanoCores() {
    return containers.stream().mapToLong(ContainerSample::nanoCores).sum();
  }

  long memoryWorkingSetBytes() {
    return containers.stream().mapToLong(ContainerSample::memoryWorkingSetBytes).sum();
  }

  Instant start() {
    return containers.stream()
        .map(ContainerSample::start)
        .min(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }
}
