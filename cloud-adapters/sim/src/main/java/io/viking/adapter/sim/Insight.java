package io.viking.adapter.sim;

import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.kit.stream.Scope;
import io.viking.adapter.sim.core.ContainerRun;
import io.viking.adapter.sim.core.InstanceFacts;
import io.viking.adapter.sim.core.InstanceFacts.ContainerFacts;
import io.viking.adapter.sim.core.SimCloud;
import io.viking.adapter.sim.core.Times;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ContainerUsage;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.FileVolume;
import io.viking.cloud.v1.GetUsageRequest;
import io.viking.cloud.v1.GetUsageResponse;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.InstanceUsage;
import io.viking.cloud.v1.UpdateFiles;
import io.viking.cloud.v1.UpdateFilesRequest;
import io.viking.cloud.v1.UpdateFilesResponse;
import io.viking.cloud.v1.UpdateFilesResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What goes on inside running instances: files (checked and let go: nobody reads them, and they may
 * be secret) and usage (a twentieth of the vCPUs and an eighth of the memory, shared evenly by the
 * containers that run).
 */
final class Insight {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final LiveCloud cloud;

  Insight(LiveCloud cloud) {
    this.cloud = cloud;
  }

  UpdateFilesResponse updateFiles(UpdateFilesRequest request) {
    String cluster = Scope.require(request.getClusterId());
    UpdateFilesResponse.Builder response = UpdateFilesResponse.newBuilder();
    for (UpdateFiles update : request.getUpdatesList()) {
      UpdateFilesResult.Builder result = UpdateFilesResult.newBuilder().setUid(update.getUid());
      cloud
          .read(now -> updateFailure(now, cluster, update))
          .ifPresent(failure -> result.setFailure(Failures.item(failure)));
      response.addResults(result);
    }
    return response.build();
  }

  private static Optional<CloudFailure> updateFailure(
      SimCloud cloud, String cluster, UpdateFiles update) {
    Optional<InstanceFacts> found =
        cloud.facts(cluster, update.getUid()).map(facts -> facts.get()).filter(i -> i.live());
    if (found.isEmpty()) {
      return Optional.of(
          CloudFailure.of(
              ErrorReason.ERROR_REASON_NOT_FOUND,
              "no instance of pod " + update.getUid() + " lives"));
    }
    InstanceFacts instance = found.get();
    for (FileVolume volume : update.getVolumesList()) {
      if (!instance.fileVolumes().contains(volume.getVolume())) {
        return Optional.of(
            CloudFailure.of(
                ErrorReason.ERROR_REASON_NOT_FOUND,
                "instance "
                    + instance.id()
                    + " was not made with files in a volume "
                    + volume.getVolume()));
      }
    }
    return instance.phase() == InstancePhase.INSTANCE_PHASE_RUNNING
        ? Optional.empty()
        : Optional.of(
            CloudFailure.of(
                ErrorReason.ERROR_REASON_BUSY, "instance " + instance.id() + " is still starting"));
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
    long running = instance.containers().stream().filter(c -> c.running(now)).count();
    for (ContainerFacts container : instance.containers()) {
      Optional<ContainerRun> run = container.current().filter(ignored -> container.running(now));
      run.ifPresent(
          current ->
              usage.addContainers(
                  ContainerUsage.newBuilder()
                      .setName(container.order().getName())
                      .setStartTime(Times.timestamp(current.start()))
                      .setCpuNanoseconds(
                          (now - current.start())
                              * (NANOS_PER_MILLI / 1000)
                              * instance.milliVcpu()
                              / 20
                              / running)
                      .setMemoryWorkingSetBytes((instance.memoryMib() << 20) / 8 / running)));
    }
    return usage.build();
  }
}
