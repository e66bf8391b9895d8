package io.viking.adapter.kit.tiny;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.viking.cloud.v1.ContainerRunning;
import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.ContainerTerminated;
import io.viking.cloud.v1.ContainerWaiting;
import io.viking.cloud.v1.FileVolume;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** One instance and its one container. Guarded by the pool's lock, but for {@link #ended}. */
final class TinyInstance {
  private final Instance.Builder state;
  private final Optional<Integer> exitCode;
  private final Map<String, Map<String, ByteString>> files = new HashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  private TinyInstance(Instance.Builder state, Optional<Integer> exitCode) {
    this.state = state;
    this.exitCode = exitCode;
  }

  static TinyInstance accepted(String clusterId, TinyOrder order, String zone, Timestamp now) {
    Instance.Builder state =
        Instance.newBuilder()
            .setClusterId(clusterId)
            .setUid(order.spec().getUid())
            .setAttempt(order.spec().getAttempt())
            .setInstanceId("tiny-" + UUID.randomUUID())
            .setNamespace(order.namespace())
            .setName(order.name())
            .setPhase(InstancePhase.INSTANCE_PHASE_PENDING)
            .setZone(zone)
            .setVswitch("vsw-" + zone)
            .setInstanceType(order.type().getName())
            .setMilliVcpu(order.type().getMilliVcpu())
            .setMemoryMib(order.type().getMemoryMib())
            .setPrice(TinyCatalog.PRICE)
            .setCreateTime(now)
            .putAllTags(order.spec().getTagsMap())
            .addContainers(
                ContainerStatus.newBuilder()
                    .setName(order.container())
                    .setImage(order.image())
                    .setWaiting(ContainerWaiting.newBuilder().setReason("ContainerCreating")));
    TinyInstance instance = new TinyInstance(state, order.exitCode());
    order.spec().getFilesList().forEach(instance::mount);
    return instance;
  }

  Instance.Builder state() {
    return state;
  }

  Instance snapshot() {
    return state.build();
  }

  int attempt() {
    return state.getAttempt();
  }

  boolean living() {
    return !state.hasEndTime();
  }

  Optional<Integer> exitCode() {
    return exitCode;
  }

  boolean has(String container) {
    return state.getContainers(0).getName().equals(container);
  }

  /** Opens when the container has ended. */
  CountDownLatch ended() {
    return ended;
  }

  void mount(FileVolume volume) {
    Map<String, ByteString> content = new HashMap<>();
    volume.getFilesList().forEach(file -> content.put(file.getPath(), file.getContent()));
    files.put(volume.getVolume(), content);
  }

  Optional<ByteString> file(String volume, String path) {
    return Optional.ofNullable(files.getOrDefault(volume, Map.of()).get(path));
  }

  void start(Timestamp now) {
    state.setPhase(InstancePhase.INSTANCE_PHASE_RUNNING).setStartTime(now).addAddresses("10.0.0.1");
    state
        .getContainersBuilder(0)
        .setContainerId("tiny://" + state.getInstanceId())
        .setRunning(ContainerRunning.newBuilder().setStartTime(now))
        .setStarted(true)
        .setReady(true);
  }

  void end(Timestamp now, int code, InstancePhase phase) {
    state.setPhase(phase).setEndTime(now);
    state
        .getContainersBuilder(0)
        .setTerminated(
            ContainerTerminated.newBuilder()
                .setExitCode(code)
                .setReason(code == 0 ? "Completed" : "Error")
                .setStartTime(state.getStartTime())
                .setEndTime(now))
        .setReady(false);
    ended.countDown();
  }
}
