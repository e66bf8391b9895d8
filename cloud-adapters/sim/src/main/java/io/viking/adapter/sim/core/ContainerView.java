package io.viking.adapter.sim.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import io.viking.adapter.sim.core.ContainerLife.Step;
import io.viking.adapter.sim.state.ContainerKind;
import io.viking.cloud.v1.ContainerRunning;
import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.ContainerTerminated;
import io.viking.cloud.v1.ContainerWaiting;
import java.util.Optional;

/** A container's status in the kubelet's words. */
final class ContainerView {
  private static final int KILLED = 137;

  private ContainerView() {}

  static ContainerStatus of(SimInstance instance, ContainerLife container, long now) {
    ContainerStatus.Builder status =
        ContainerStatus.newBuilder()
            .setName(container.order.getName())
            .setImage(container.order.getImage())
            .setRestartCount(container.restarts);
    container.current.ifPresent(
        run ->
            status
                .setImageId(imageId(container.order.getImage()))
                .setContainerId(containerId(instance, container, run)));
    Optional<ContainerRun> ended = container.last;
    switch (container.step) {
      case IDLE, PULLING, PULL_FAILED, PULL_BACK_OFF ->
          status.setWaiting(waiting(instance, container));
      case STARTING -> {
        // Between two starts: how the one before ended, until the next stands.
        if (container.current.isPresent()) {
          status.setTerminated(terminated(instance, container, container.current.get()));
        } else {
          status.setWaiting(waiting(instance, container));
        }
      }
      case RUNNING -> {
        ContainerRun run = container.current.orElseThrow();
        boolean started = container.startedDue <= now;
        status
            .setRunning(ContainerRunning.newBuilder().setStartTime(Times.timestamp(run.start())))
            .setStarted(started)
            .setReady(started && container.readyDue <= now && !container.is(ContainerKind.INIT));
      }
      case CRASH_BACK_OFF -> {
        status.setWaiting(
            ContainerWaiting.newBuilder()
                .setReason("CrashLoopBackOff")
                .setMessage(
                    "back-off "
                        + duration(BackOff.ofCrashes(container.crashes))
                        + " restarting failed container="
                        + container.order.getName()
                        + " pod="
                        + instance.order.getName()
                        + "_"
                        + instance.order.getNamespace()
                        + "("
                        + instance.order.getUid()
                        + ")"));
        ended = container.current;
      }
      case EXITED ->
          status
              .setTerminated(terminated(instance, container, container.current.orElseThrow()))
              .setReady(container.is(ContainerKind.INIT) && container.exitedWell());
    }
    ended.ifPresent(run -> status.setLastTermination(terminated(instance, container, run)));
    return status.build();
  }

  private static ContainerTerminated terminated(
      SimInstance instance, ContainerLife container, ContainerRun run) {
    return ContainerTerminated.newBuilder()
        .setExitCode(run.exitCode())
        .setReason(run.exitCode() == 0 ? "Completed" : "Error")
        .setMessage(run.exitCode() == KILLED ? "killed: it did not stop in time" : "")
        .setStartTime(Times.timestamp(run.start()))
        .setEndTime(Times.timestamp(run.end()))
        .setContainerId(containerId(instance, container, run))
        .build();
  }

  private static ContainerWaiting waiting(SimInstance instance, ContainerLife container) {
    String image = container.order.getImage();
    String notFound =
        "failed to pull and unpack image \""
            + image
            + "\": failed to resolve reference \""
            + image
            + "\": "
            + image
            + ": not found";
    if (container.step == Step.PULL_FAILED) {
      return waiting("ErrImagePull", notFound);
    }
    if (container.pullFailures > 0) {
      return waiting(
          "ImagePullBackOff",
          "Back-off pulling image \"" + image + "\": ErrImagePull: " + notFound);
    }
    boolean initializing = instance.containers.getFirst().order.getKind() != ContainerKind.APP;
    return waiting(initializing ? "PodInitializing" : "ContainerCreating", "");
  }

  private static ContainerWaiting waiting(String reason, String message) {
    return ContainerWaiting.newBuilder().setReason(reason).setMessage(message).build();
  }

  private static String containerId(
      SimInstance instance, ContainerLife container, ContainerRun run) {
    return "sim://" + instance.id + "-" + container.order.getName() + "-" + run.number();
  }

  private static String imageId(String image) {
    return "sim://sha256:" + Hashing.sha256().hashString(image, UTF_8);
  }

  /** As Go prints it: 10s, 2m40s, 5m0s. */
  private static String duration(long millis) {
    long seconds = millis / 1000;
    return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
  }
}
