package io.viking.syncer.kubelet;

import io.viking.cloud.v1.Capabilities;
import java.util.List;
import java.util.Locale;

/**
 * What a request asks for.
 *
 * <p>Who may is asked of {@code nodes/<subresource>}: the finer one first, then {@code proxy}, as
 * the kubelet does.
 */
sealed interface Route {
  record ContainerLogs(String namespace, String pod, String container) implements Route {
    /** As in messages. */
    String described() {
      return "container \"%s\" in pod \"%s\"".formatted(container, pod);
    }
  }

  /**
   * Exec, attach and port-forward: a stream over an upgraded connection.
   *
   * @param container "" for a port-forward
   * @param uid "" if the path names none
   */
  record Streaming(StreamKind kind, String namespace, String pod, String container, String uid)
      implements Route {
    boolean isServed(Capabilities capabilities) {
      return kind == StreamKind.PORT_FORWARD
          ? capabilities.getPortForward()
          : capabilities.getExec();
    }
  }

  enum StreamKind {
    EXEC("exec"),
    ATTACH("attach"),
    PORT_FORWARD("portForward");

    private final String path;

    StreamKind(String path) {
      this.path = path;
    }

    /** The path's first part. */
    String path() {
      return path;
    }
  }

  record Healthz() implements Route {}

  record Pods() implements Route {}

  record RunningPods() implements Route {}

  record Configz() implements Route {}

  /**
   * CPU and memory, as JSON or in Prometheus' text.
   *
   * @param node "" if the path names none
   */
  record Usage(UsageKind kind, String node) implements Route {}

  enum UsageKind {
    SUMMARY,
    METRICS
  }

  record Unknown() implements Route {}

  record WrongMethod(String allowed) implements Route {}

  static Route of(String method, String path) {
    String[] parts = path.replaceFirst("^/", "").replaceFirst("/$", "").split("/", -1);
    Route route =
        switch (parts[0]) {
          case "healthz" -> parts.length <= 2 ? new Healthz() : new Unknown();
          case "pods" -> parts.length == 1 ? new Pods() : new Unknown();
          case "runningpods" -> parts.length == 1 ? new RunningPods() : new Unknown();
          case "configz" -> parts.length == 1 ? new Configz() : new Unknown();
          case "stats" -> usage(UsageKind.SUMMARY, "summary", parts);
          case "metrics" -> usage(UsageKind.METRICS, "resource", parts);
          case "containerLogs" ->
              parts.length == 4 && !parts[3].isEmpty()
                  ? new ContainerLogs(parts[1], parts[2], parts[3])
                  : new Unknown();
          case "exec" -> process(StreamKind.EXEC, parts);
          case "attach" -> process(StreamKind.ATTACH, parts);
          case "portForward" -> forward(parts);
          default -> new Unknown();
        };
    return switch (route) {
      case ContainerLogs _, Healthz _, Pods _, RunningPods _, Configz _, Usage _ ->
          method.equals("GET") ? route : new WrongMethod("GET");
      case Streaming _ ->
          method.equals("GET") || method.equals("POST") ? route : new WrongMethod("GET, POST");
      case Unknown _, WrongMethod _ -> route;
    };
  }

  private static Route usage(UsageKind kind, String second, String[] parts) {
    return (parts.length == 2 || parts.length == 3) && parts[1].equals(second)
        ? new Usage(kind, parts.length == 3 ? parts[2] : "")
        : new Unknown();
  }

  /** {@code /exec/namespace/pod[/uid]/container}. */
  private static Route process(StreamKind kind, String[] parts) {
    return switch (parts.length) {
      case 4 -> new Streaming(kind, parts[1], parts[2], parts[3], "");
      case 5 -> new Streaming(kind, parts[1], parts[2], parts[4], parts[3]);
      default -> new Unknown();
    };
  }

  /** {@code /portForward/namespace/pod[/uid]}. */
  private static Route forward(String[] parts) {
    return switch (parts.length) {
      case 3 -> new Streaming(StreamKind.PORT_FORWARD, parts[1], parts[2], "", "");
      case 4 -> new Streaming(StreamKind.PORT_FORWARD, parts[1], parts[2], "", parts[3]);
      default -> new Unknown();
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
    return switch (method.toUpperCase(Locale.ROOT)) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> "delete";
      default -> "get";
    };
  }
}
