package io.viking.syncer.pods.status;

import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1HostIP;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodIP;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a pod's status says already. Without nulls: what is missing and what is empty is one. */
record PresentStatus(V1PodStatus model) {
  /** A condition, ours or not; its text is {@code ""} where it has none. */
  record Told(
      String status,
      String reason,
      String message,
      boolean hasTransitionTime,
      OptionalLong observedGeneration) {
    /** What a condition says that is not there. */
    static final Told NOTHING = new Told("", "", "", false, OptionalLong.empty());
  }

  String phase() {
    return orEmpty(model.getPhase());
  }

  String reason() {
    return orEmpty(model.getReason());
  }

  String message() {
    return orEmpty(model.getMessage());
  }

  String hostIp() {
    return orEmpty(model.getHostIP());
  }

  List<String> hostIps() {
    return texts(model.getHostIPs(), V1HostIP::getIp);
  }

  String podIp() {
    return orEmpty(model.getPodIP());
  }

  List<String> podIps() {
    return texts(model.getPodIPs(), V1PodIP::getIp);
  }

  boolean hasStartTime() {
    return model.getStartTime() != null;
  }

  OptionalLong observedGeneration() {
    return number(model.getObservedGeneration());
  }

  List<V1ContainerStatus> initContainers() {
    return Objects.requireNonNullElseGet(model.getInitContainerStatuses(), List::of);
  }

  List<V1ContainerStatus> containers() {
    return Objects.requireNonNullElseGet(model.getContainerStatuses(), List::of);
  }

  Optional<Told> condition(String type) {
    List<V1PodCondition> conditions = model.getConditions();
    if (conditions != null) {
      for (V1PodCondition condition : conditions) {
        if (type.equals(condition.getType())) {
          return Optional.of(told(condition));
        }
      }
    }
    return Optional.empty();
  }

  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Told told(V1PodCondition condition) {
    return new Told(
        orEmpty(condition.getStatus()),
        orEmpty(condition.getReason()),
        orEmpty(condition.getMessage()),
        condition.getLastTransitionTime() != null,
        number(condition.getObservedGeneration()));
  }

  private static OptionalLong number(@Nullable Long number) {
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  private static <T> List<String> texts(
      @Nullable List<T> items, Function<T, @Nullable String> text) {
    return items == null || items.isEmpty()
        ? List.of()
        : items.stream().map(item -> orEmpty(text.apply(item))).toList();
  }
}
