package io.viking.adapter.sim.usage;

import io.viking.adapter.sim.core.ContainerRun;
import io.viking.adapter.sim.core.InstanceFacts;
import io.viking.adapter.sim.core.InstanceFacts.ContainerFacts;
import io.viking.adapter.sim.state.UsagePoint;
import java.math.BigInteger;
import java.util.List;

/**
 * What a container uses: what its pod's annotations say, or a twentieth of the instance's vCPUs and
 * an eighth of its memory, shared evenly by all containers of the pod.
 */
public record ContainerLoad(InstanceFacts instance, ContainerFacts container, ContainerRun run) {
  private static final long NANOS_PER_MILLI_VCPU_MILLI = 1_000;

  /** Since its start, nanoseconds of one vCPU; never less than at a time before. */
  public long cpuNanos(long now) {
    return cpu()
        .until(age(now))
        .multiply(BigInteger.valueOf(NANOS_PER_MILLI_VCPU_MILLI))
        .divide(BigInteger.valueOf(cpuShare()))
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }

  /** Now, bytes. */
  public long memoryBytes(long now) {
    List<UsagePoint> said = container.order().getMemoryList();
    return said.isEmpty()
        ? (instance.memoryMib() << 20) / 8 / instance.containers().size()
        : new Load(said).at(age(now));
  }

  private Load cpu() {
    List<UsagePoint> said = container.order().getCpuList();
    return new Load(
        said.isEmpty()
            ? List.of(UsagePoint.newBuilder().setValue(instance.milliVcpu()).build())
            : said);
  }

  private long cpuShare() {
    return container.order().getCpuCount() > 0 ? 1 : 20L * instance.containers().size();
  }

  private long age(long now) {
    return Math.max(0, now - run.start());
  }
}
