package io.viking.syncer.kubelet.usage;

import java.time.Instant;

/**
 * One container at one moment.
 *
 * @param cpuNanoseconds since its start
 * @param nanoCores over the time since it was looked at before, or since its start
 */
public record ContainerSample(
    String name, Instant start, long cpuNanoseconds, long nanoCores, long memoryWorkingSetBytes) {}
