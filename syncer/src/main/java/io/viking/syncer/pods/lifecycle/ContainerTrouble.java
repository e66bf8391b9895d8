package io.viking.syncer.pods.lifecycle;

import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.Instance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kubelet's events about containers that cannot start, or do not stay up. */
final class ContainerTrouble {
  private ContainerTrouble() {}

  /** What there is to tell of the containers that have begun to wait for another reason. */
  static List<Tell> news(Optional<Instance> before, Instance after) {
    Map<String, String> known =
        before.stream()
            .flatMap(ContainerTrouble::containers)
            .collect(Collectors.toMap(ContainerStatus::getName, ContainerTrouble::reason));
    return containers(after)
        .filter(container -> !reason(container).equals(known.get(container.getName())))
        .flatMap(container -> tells(container, after))
        .toList();
  }

  private static Stream<Tell> tells(ContainerStatus container, Instance instance) {
    String message = container.getWaiting().getMessage();
    return switch (reason(container)) {
      case "ErrImagePull" ->
          Stream.of(
              Tell.warning(
                  "Failed",
                  "Failed to pull image \"%s\": %s".formatted(container.getImage(), message)),
              Tell.warning("Failed", "Error: ErrImagePull"));
      case "ImagePullBackOff" ->
          Stream.of(
              Tell.warning(
                  "BackOff", "Back-off pulling image \"%s\"".formatted(container.getImage())));
      case "CrashLoopBackOff" ->
          Stream.of(
              Tell.warning(
                  "BackOff",
                  "Back-off restarting failed container %s in pod %s"
                      .formatted(container.getName(), instance.getName())));
      default -> Stream.empty();
    };
  }

  private static String reason(ContainerStatus container) {
    return container.hasWaiting() ? container.getWaiting().getReason() : "";
  }

  private static Stream<ContainerStatus> containers(Instance instance) {
    return Stream.concat(
        instance.getInitContainersList().stream(), instance.getContainersList().stream());
  }
}
