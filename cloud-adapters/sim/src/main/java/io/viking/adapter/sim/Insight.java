package io.viking.adapter.sim;

import io.viking.adapter.kit.stream.Scope;
import io.viking.adapter.sim.core.ContainerRun;
import io.viking.adapter.sim.core.InstanceFacts;
import io.viking.adapter.sim.core.InstanceFacts.ContainerFacts;
import io.viking.adapter.sim.core.SimCloud;
import io.viking.adapter.sim.core.Times;
import io.viking.adapter.sim.usage.ContainerLoad;
import io.viking.cloud.v1.ContainerUsage;
import io.viking.cloud.v1.GetUsageRequest;
import io.viking.cloud.v1.GetUsageResponse;
import io.viking.cloud.v1.InstanceUsage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What running containers use. */
final class Insight {
  private final LiveCloud cloud;

  Insight(LiveCloud cloud) {
    this.cloud = cloud;
  }

  GetUsageResponse usage(GetUsageRequest request) {
    String cluster = Scope.require(request.getClusterId());
    Moment moment = cloud.read(now -> moment(now, cluster, request.getUidsList()));
    GetUsageResponse.Builder response =
        GetUsageResponse.newBuilder().setTime(Times.timestamp(moment.millis()));
    moment
        .facts()
        .forEach(
            (uid, instance) -> {
              InstanceUsage usage = usage(uid, instance, moment.millis());
              if (usage.getContainersCount() > 0) {
                response.addInstances(usage);
              }
            });
    return response.build();
  }

  /** What the cloud knew, taken under its lock; all else is worked out outside of it. */
  private record Moment(long millis, Map<String, InstanceFacts> facts) {}

  private static Moment moment(SimCloud now, String cluster, List<String> uids) {
    long at = now.now().toEpochMilli();
    if (uids.isEmpty()) {
      return new Moment(at, now.liveFacts(cluster));
    }
    Map<String, InstanceFacts> facts = new LinkedHashMap<>();
    for (String uid : uids) {
      now.facts(cluster, uid).ifPresent(found -> facts.put(uid, found.get()));
    }
    return new Moment(at, facts);
  }

  private static InstanceUsage usage(String uid, InstanceFacts instance, long now) {
    InstanceUsage.Builder usage = InstanceUsage.newBuilder().setUid(uid);
    for (ContainerFacts container : instance.containers()) {
      Optional<ContainerRun> run = container.current().filter(ignored -> container.running(now));
      run.ifPresent(
          current -> {
            ContainerLoad load = new ContainerLoad(instance, container, current);
            usage.addContainers(
                ContainerUsage.newBuilder()
                    .setName(container.order().getName())
                    .setStartTime(Times.timestamp(current.start()))
                    .setCpuNanoseconds(load.cpuNanos(now))
                    .setMemoryWorkingSetBytes(load.memoryBytes(now)));
          });
    }
    return usage.build();
  }
}
