package io.viking.adapter.sim.core;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.state.FileUpdate;
import io.viking.adapter.sim.state.Files;
import io.viking.adapter.sim.state.Volume;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.InstancePhase;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What of the {@link Contents} belongs to which instance, from its making to its end. */
final class Belongings {
  final Contents contents = new Contents();

  /** A new instance. */
  void born(SimInstance instance, Map<ByteString, ByteString> supplied) {
    instance.files = instance.order.getFiles();
    instance.inside = instance.order.getInside();
    hold(instance, supplied);
  }

  /** One that a snapshot described. */
  void restored(SimInstance instance, Map<ByteString, ByteString> supplied) {
    if (instance.live()) {
      instance.inside = instance.order.getInside();
      hold(instance, supplied);
    } else {
      drop(instance);
    }
  }

  private void hold(SimInstance instance, Map<ByteString, ByteString> supplied) {
    contents.hold(instance.inside, supplied);
    contents.holdFiles(instance.files, supplied);
    instance.containers.forEach(container -> contents.holdFiles(container.files, supplied));
  }

  /** A container that mounts parts of volumes keeps them as they are now. */
  void started(SimInstance instance, ContainerLife container) {
    if (container.order.getSubPaths()) {
      contents.holdFiles(instance.files, Map.of());
      contents.releaseFiles(container.files);
      container.files = instance.files;
    }
  }

  /** Nobody can look into what has ended. Again and again is once. */
  void ended(SimInstance instance) {
    contents.release(instance.inside);
    contents.releaseFiles(instance.files);
    instance.containers.forEach(container -> contents.releaseFiles(container.files));
    drop(instance);
  }

  private static void drop(SimInstance instance) {
    instance.inside = ByteString.EMPTY;
    instance.files = ByteString.EMPTY;
    instance.containers.forEach(container -> container.files = ByteString.EMPTY);
  }

  /** Replaces the files of volumes, or says why not. */
  Optional<CloudFailure> update(
      Optional<SimInstance> found, FileUpdate update, Map<ByteString, ByteString> supplied) {
    Optional<SimInstance> living = found.filter(SimInstance::live);
    if (living.isEmpty()) {
      return failure(
          ErrorReason.ERROR_REASON_NOT_FOUND, "no instance of pod " + update.getUid() + " lives");
    }
    SimInstance instance = living.get();
    Files changes = Contents.files(update.getFiles());
    Map<String, Volume> volumes = new LinkedHashMap<>();
    Contents.files(instance.files).getVolumesList().forEach(v -> volumes.put(v.getName(), v));
    Set<String> unknown = new HashSet<>();
    for (Volume change : changes.getVolumesList()) {
      if (volumes.replace(change.getName(), change) == null) {
        unknown.add(change.getName());
      }
    }
    if (!unknown.isEmpty()) {
      return failure(
          ErrorReason.ERROR_REASON_NOT_FOUND,
          "instance "
              + instance.id
              + " was not made with files in a volume "
              + String.join(", ", unknown.stream().sorted().toList()));
    }
    if (instance.phase != InstancePhase.INSTANCE_PHASE_RUNNING) {
      return failure(
          ErrorReason.ERROR_REASON_BUSY, "instance " + instance.id + " is still starting");
    }
    ByteString before = instance.files;
    instance.files = Files.newBuilder().addAllVolumes(volumes.values()).build().toByteString();
    contents.holdFiles(instance.files, supplied);
    contents.releaseFiles(before);
    return Optional.empty();
  }

  private static Optional<CloudFailure> failure(ErrorReason reason, String message) {
    return Optional.of(CloudFailure.of(reason, message));
  }
}
