package io.viking.adapter.sim;

import io.viking.adapter.kit.stream.Scope;
import io.viking.adapter.sim.core.ContainerRun;
import io.viking.adapter.sim.core.InstanceFacts;
import io.viking.adapter.sim.core.InstanceFacts.ContainerFacts;
import io.viking.adapter.sim.core.Times;
import io.viking.adapter.sim.usage.ContainerLoad;
import io.viking.cloud.v1.ContainerUsage;
import io.viking.cloud.v1.GetUsageRequest;
import io.viking.cloud.v1.GetUsageResponse;
import io.viking.cloud.v1.InstanceUsage;
import java.util.LinkedHashMap;
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
    return cloud.read(
        now -> {
          Map<String, InstanceFacts> facts = new LinkedHashMap<>();
          if (request.getUidsCount() == 0) {
            facts.putAll(now.liveFacts(cluster));
          } else {
            for (String uid : request.getUidsList()) {
              now.facts(cluster, uid).ifPresent(found -> facts.put(uid, found.get()));
            }
          }
          long at = now.now().toEpochMilli();
          GetUsageResponse.Builder response =
              GetUsageResponse.newBuilder().setTime(Times.timestamp(at));
          facts.forEach(
              (uid, instance) -> {
                InstanceUsage usage = usage(uid, instance, at);
                if (usage.getContainersCount() > 0) {
                  response.addInstances(usage);
                }
              });
          return response.build();
        });
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
