package io.viking.syncer.pods.lifecycle;

import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kubelet's events about containers that cannot start, or do not stay up. */
final class ContainerTrouble {
  private ContainerTrouble() {}

  /** What there is to tell of the containers that have begun to wait for another reason. */
  static List<Tell> news(Optional<Instance> before, Instance after) {
    List<ContainerStatus> inits = before.map(Instance::getInitContainersList).orElse(List.of());
    List<ContainerStatus> apps = before.map(Instance::getContainersList).orElse(List.of());
    List<Tell> news = new ArrayList<>();
    for (ContainerStatus container : after.getInitContainersList()) {
      addNews(inits, container, after, news);
    }
    for (ContainerStatus container : after.getContainersList()) {
      addNews(apps, container, after, news);
    }
    return news;
  }

  private static void addNews(
      List<ContainerStatus> before, ContainerStatus container, Instance instance, List<Tell> news) {
    String reason = reason(container);
    if (!reason.isEmpty() && !isKnown(before, container.getName(), reason)) {
      news.addAll(tells(container, instance));
    }
  }

  private static boolean isKnown(List<ContainerStatus> before, String name, String reason) {
    for (ContainerStatus container : before) {
      if (container.getName().equals(name)) {
        return reason(container).equals(reason);
      }
    }
    return false;
  }

  private static List<Tell> tells(ContainerStatus container, Instance instance) {
    String message = container.getWaiting().getMessage();
    return switch (reason(container)) {
      case "ErrImagePull" ->
          List.of(
              Tell.warning(
                  "Failed",
                  "Failed to pull image \"%s\": %s".formatted(container.getImage(), message)),
              Tell.warning("Failed", "Error: ErrImagePull"));
      case "ImagePullBackOff" ->
          List.of(
              Tell.warning(
                  "BackOff", "Back-off pulling image \"%s\"".formatted(container.getImage())));
      case "CrashLoopBackOff" ->
          List.of(
              Tell.warning(
                  "BackOff",
                  "Back-off restarting failed container %s in pod %s"
                      .formatted(container.getName(), instance.getName())));
      default -> List.of();
    };
  }

  private static String reason(ContainerStatus container) {
    return container.hasWaiting() ? container.getWaiting().getReason() : "";
  }
}
