package io.viking.simulation.api;

import io.viking.kube.client.KubeApiException;
import java.util.Optional;

/** Refusals with the codes and reasons of the real API server. */
final class ApiRefusal {
  private ApiRefusal() {}

  static KubeApiException notFound(String plural, String name) {
    return of(404, "NotFound", "%s \"%s\" not found".formatted(plural, name));
  }

  static KubeApiException exists(String plural, String name) {
    return of(409, "AlreadyExists", "%s \"%s\" already exists".formatted(plural, name));
  }

  static KubeApiException conflict(String plural, String name, String why) {
    return of(
        409,
        "Conflict",
        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(plural, name, why));
  }

  static KubeApiException invalid(String plural, String name, String why) {
    return of(422, "Invalid", "%s \"%s\" is invalid: %s".formatted(plural, name, why));
  }

  private static KubeApiException of(int code, String reason, String message) {
    return new KubeApiException(code, reason, message, Optional.empty());
  }
}
