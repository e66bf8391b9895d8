package io.viking.syncer.kubelet;

import io.viking.cloud.v1.Capabilities;
import io.viking.syncer.kubelet.streams.StreamWay;

/** Hands exec, attach and port-forward to the pool's way of serving them, if they make sense. */
final class StreamEndpoint {
  private final ZonePods pods;
  private final Capabilities capabilities;
  private final StreamWay way;

  StreamEndpoint(ZonePods pods, Capabilities capabilities, StreamWay way) {
    this.pods = pods;
    this.capabilities = capabilities;
    this.way = way;
  }

  void serve(Route.Streaming route, KubeletApi.Request request, Responder responder) {
    var pod = pods.find(route.namespace(), route.pod());
    switch (StreamTarget.of(route, request.query(), pod, capabilities)) {
      case StreamTarget.Refused(int status, String message) -> responder.plain(status, message);
      case StreamTarget.Found(var wanted) ->
          responder.upgrade(request, upgrade -> way.serve(wanted, upgrade));
    }
  }
}
