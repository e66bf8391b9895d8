package io.viking.syncer.kubelet.usage;

import com.google.common.collect.Lists;
import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Channel;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ContainerUsage;
import io.viking.cloud.v1.GetUsageRequest;
import io.viking.cloud.v1.GetUsageResponse;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.InstanceUsage;
import io.viking.syncer.pods.lifecycle.Instants;
import io.viking.syncer.pods.lifecycle.PodObject;
import io.viking.syncer.pods.lifecycle.PodRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the cloud what pods use. Thread safe. */
public final class UsageReader {
  private static final Logger log = LoggerFactory.getLogger(UsageReader.class);

  /**
   * Pods of one call. An answer is about 120 bytes per container and must stay under gRPC's 4 MiB:
   * even with 60 containers in each pod it does.
   */
  private static final int BATCH = 500;

  private static final Duration DEADLINE = Duration.ofSeconds(8);

  private final Channel cloud;
  private final String clusterId;
  private final InstantSource clock;
  private final Map<String, UsageLedger> ledgers = new ConcurrentHashMap<>();

  public UsageReader(Channel cloud, String clusterId, InstantSource clock) {
    this.cloud = cloud;
    this.clusterId = clusterId;
    this.clock = clock;
  }

  /**
   * Asks for these pods, in batches at once. What the cloud does not answer for is missing, and the
   * sample says so.
   *
   * @param node "" for all
   * @param pods those on it
   */
  public NodeSample read(String node, Collection<V1Pod> pods) throws InterruptedException {
    Map<String, V1Pod> byUid = new HashMap<>();
    pods.stream().filter(UsageReader::mayRun).forEach(pod -> byUid.put(uid(pod), pod));
    List<ListenableFuture<GetUsageResponse>> calls =
        Lists.partition(List.copyOf(byUid.keySet()), BATCH).stream().map(this::call).toList();
    UsageLedger ledger = ledgers.computeIfAbsent(node, added -> new UsageLedger(clock.instant()));
    boolean complete = true;
    List<PodSample> samples = new ArrayList<>(byUid.size());
    Instant newest = Instant.EPOCH;
    for (ListenableFuture<GetUsageResponse> call : calls) {
      try {
        GetUsageResponse answer = call.get();
        Instant time = Instants.of(answer.getTime());
        newest = time.isAfter(newest) ? time : newest;
        for (InstanceUsage usage : answer.getInstancesList()) {
          V1Pod pod = byUid.get(usage.getUid());
          if (pod != null && usage.getContainersCount() > 0) {
            samples.add(sample(pod, usage, time, ledger));
          }
        }
      } catch (ExecutionException failed) {
        if (complete) { // The first says enough.
          log.warn(
              "what pods{} use is not known to whoever asked: {}",
              node.isEmpty() ? "" : " on " + node,
              CloudFailures.from(failed));
        }
        complete = false;
      }
    }
    if (complete) {
      ledger.keep(byUid.keySet());
    }
    return new NodeSample(
        node,
        newest.equals(Instant.EPOCH) ? clock.instant() : newest,
        ledger.start(),
        ledger.cpuNanoseconds(),
        samples,
        complete);
  }

  private ListenableFuture<GetUsageResponse> call(List<String> uids) {
    return InstanceServiceGrpc.newFutureStub(cloud)
        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .getUsage(GetUsageRequest.newBuilder().setClusterId(clusterId).addAllUids(uids).build());
  }

  /** Those that have ended use nothing. */
  private static boolean mayRun(V1Pod pod) {
    return !uid(pod).isEmpty() && !PodObject.isTerminal(pod);
  }

  private static String uid(V1Pod pod) {
    return PodObject.ref(pod).uid();
  }

  private static PodSample sample(
      V1Pod pod, InstanceUsage usage, Instant time, UsageLedger ledger) {
    List<ContainerSample> containers = new ArrayList<>(usage.getContainersCount());
    for (ContainerUsage container : usage.getContainersList()) {
      Instant start = Instants.of(container.getStartTime());
      containers.add(
          new ContainerSample(
              container.getName(),
              start,
              container.getCpuNanoseconds(),
              ledger.see(
                  usage.getUid(), container.getName(), start, time, container.getCpuNanoseconds()),
              container.getMemoryWorkingSetBytes()));
    }
    PodRef ref = PodObject.ref(pod);
    return new PodSample(ref.namespace(), ref.name(), ref.uid(), time, containers);
  }
}
