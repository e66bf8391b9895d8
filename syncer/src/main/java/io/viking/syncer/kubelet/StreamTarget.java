package io.viking.syncer.kubelet;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.Capabilities;
import io.viking.syncer.kubelet.streams.StreamRequest;
import io.viking.syncer.kubelet.streams.StreamRequest.Kind;
import io.viking.syncer.pods.json.Json;
import java.util.List;
import java.util.Optional;

/** What a caller's exec, attach or port-forward comes to, in the kubelet's words. Pure. */
sealed interface StreamTarget {
  record Found(StreamRequest request) implements StreamTarget {}

  record Refused(int status, String message) implements StreamTarget {}

  /**
   * @param pod empty: there is none of that name on a zone node
   */
  static StreamTarget of(
      Route.Streaming route, Query query, Optional<V1Pod> pod, Capabilities capabilities) {
    if (!route.isServed(capabilities)) {
      return new Refused(
          501,
          route.kind().path()
              + " is not possible here: this pool cannot do it; `kubectl logs` shows what a"
              + " container writes");
    }
    if (pod.isEmpty()) {
      return new Refused(404, "pod \"" + route.pod() + "\" does not exist");
    }
    ContainerView view = ContainerView.of(pod.get(), route.container());
    if (!route.uid().isEmpty() && !route.uid().equals(view.uid())) {
      return new Refused(
          404, "pod \"%s\" with UID %s does not exist".formatted(route.pod(), route.uid()));
    }
    try {
      return switch (route.kind()) {
        case EXEC -> process(Kind.EXEC, route, StreamQuery.command(query), query, view);
        case ATTACH -> process(Kind.ATTACH, route, List.of(), query, view);
        case PORT_FORWARD -> forward(route, query, view);
      };
    } catch (InvalidQueryException invalid) {
      return new Refused(400, String.valueOf(invalid.getMessage()));
    }
  }

  private static StreamTarget process(
      Kind kind, Route.Streaming route, List<String> command, Query query, ContainerView view)
      throws InvalidQueryException {
    StreamQuery.Streams streams = StreamQuery.streams(query);
    if (view.spec().isEmpty()) {
      return new Refused(404, "container not found (\"%s\")".formatted(route.container()));
    }
    Optional<JsonObject> ended = view.state("terminated");
    if (ended.isPresent()) {
      return new Refused(
          400,
          "%s: \"%s\" ended with exit code %d"
              .formatted(
                  kind.refusedStopped(), route.container(), Json.number(ended.get(), "exitCode")));
    }
    if (view.state("running").isEmpty()) {
      return new Refused(400, "container not found (\"%s\")".formatted(route.container()));
    }
    // Whether the container's own process has a terminal was decided when it started.
    boolean containerTty = kind == Kind.EXEC ? streams.tty() : Json.flag(view.spec().get(), "tty");
    return new Found(
        new StreamRequest.Process(
            kind,
            view.uid(),
            route.container(),
            command,
            streams.stdin(),
            streams.stdout(),
            streams.stderr(),
            streams.tty(),
            containerTty));
  }

  private static StreamTarget forward(Route.Streaming route, Query query, ContainerView view)
      throws InvalidQueryException {
    if (!view.phase().equals("Running")) {
      return new Refused(
          400, "unable to forward port because pod is not running. Current status=" + view.phase());
    }
    return new Found(
        new StreamRequest.PortForward(view.uid(), route.pod(), StreamQuery.ports(query)));
  }
}
