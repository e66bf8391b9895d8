package io.viking.syncer.kubelet;

import java.util.List;
import java.util.Set;

/**
 * What a request asks for.
 *
 * <p>Who may is asked of {@code nodes/<subresource>}: the finer one first, then {@code proxy}, as
 * the kubelet does.
 */
sealed interface Route {
  record ContainerLogs(String namespace, String pod, String container) implements Route {}

  /**
   * Exec, attach and port-forward: a stream over an upgraded connection.
   *
   * @param kind "exec", "attach", "portForward"
   */
  record Streaming(String kind, String namespace, String pod) implements Route {}

  record Healthz() implements Route {}

  record Pods() implements Route {}

  record Unknown() implements Route {}

  record WrongMethod(String allowed) implements Route {}

  Set<String> STREAMING = Set.of("exec", "attach", "portForward");

  static Route of(String method, String path) {
    String[] parts = path.replaceFirst("^/", "").replaceFirst("/$", "").split("/", -1);
    Route route =
        switch (parts[0]) {
          case "healthz" -> parts.length <= 2 ? new Healthz() : new Unknown();
          case "pods" -> parts.length == 1 ? new Pods() : new Unknown();
          case "containerLogs" ->
              parts.length == 4 && !parts[3].isEmpty()
                  ? new ContainerLogs(parts[1], parts[2], parts[3])
                  : new Unknown();
          default ->
              STREAMING.contains(parts[0]) && parts.length >= 3
                  ? new Streaming(parts[0], parts[1], parts[2])
                  : new Unknown();
        };
    return switch (route) {
      case ContainerLogs _, Healthz _, Pods _ ->
          method.equals("GET") ? route : new WrongMethod("GET");
      case Streaming _ ->
          method.equals("GET") || method.equals("POST") ? route : new WrongMethod("GET, POST");
      case Unknown _, WrongMethod _ -> route;
    };
  }

  /** The subresources of nodes of which one must be allowed. */
  static List<String> subresources(String path) {
    String first = path.replaceFirst("^/", "").split("/", 2)[0];
    return switch (first) {
      case "stats", "metrics" -> List.of(first);
      case "logs" -> List.of("log");
      case "healthz", "pods", "configz" -> List.of(first, "proxy");
      case "runningpods" -> List.of("pods", "proxy");
      default -> List.of("proxy");
    };
  }

  /** The verb that an HTTP method stands for. */
  static String verb(String method) {
    return switch (method) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> "delete";
      default -> "get";
    };
  }
}
