package io.viking.syncer.kubelet.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What must be remembered from one look to the next: a container's rate needs two, and a node's CPU
 * must not fall when a pod leaves, for who reads it takes a fall for a restart. So the node's is a
 * sum of what each container added since it was seen before.
 *
 * <p>Of pods only that are there; the memory of one that is gone goes with the next look. Thread
 * safe.
 */
final class UsageLedger {
  /** Looks closer together say nothing about a rate. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final double NANOS = 1e9;

  /** One container, as it was seen last. */
  private record Seen(Instant start, Instant time, long cpu, long nanoCores) {}

  private final Instant start;
  private final Map<String, Map<String, Seen>> pods = new HashMap<>();
  private long cpu;

  UsageLedger(Instant start) {
    this.start = start;
  }

  Instant start() {
    return start;
  }

  /**
   * @param cpuNanoseconds since the container's start
   * @return its rate in nanocores
   */
  synchronized long see(
      String uid, String container, Instant started, Instant time, long cpuNanoseconds) {
    Map<String, Seen> containers = pods.computeIfAbsent(uid, added -> new HashMap<>(2));
    Seen before = containers.get(container);
    boolean goesOn =
        before != null && before.start().equals(started) && before.cpu() <= cpuNanoseconds;
    cpu += cpuNanoseconds - (before != null && goesOn ? before.cpu() : 0);
    long rate;
    if (before != null && goesOn && time.isBefore(before.time().plus(SHORTEST))) {
      rate = before.nanoCores();
      containers.put(container, new Seen(started, before.time(), cpuNanoseconds, rate));
      return rate;
    }
    rate =
        before != null && goesOn
            ? rate(before.time(), time, cpuNanoseconds - before.cpu())
            : rate(started, time, cpuNanoseconds);
    containers.put(container, new Seen(started, time, cpuNanoseconds, rate));
    return rate;
  }

  private static long rate(Instant from, Instant to, long cpuNanoseconds) {
    double nanos = Math.max(1, Duration.between(from, to).toNanos());
    return Math.round(cpuNanoseconds / nanos * NANOS);
  }

  /** Forgets the pods that are not among these; what they used stays in the sum. */
  synchronized void keep(Set<String> uids) {
    pods.keySet().retainAll(uids);
  }

  /** Of all containers that were ever seen. */
  synchronized long cpuNanoseconds() {
    return cpu;
  }
}
