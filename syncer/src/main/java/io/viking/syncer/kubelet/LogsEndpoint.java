package io.viking.syncer.kubelet;

import io.grpc.Context;
import io.viking.cloud.v1.ReadLogsRequest;
import java.time.InstantSource;

/** Answers with a container's log. */
final class LogsEndpoint {
  private final ZonePods pods;
  private final LogStreams logs;
  private final InstantSource clock;

  LogsEndpoint(ZonePods pods, LogStreams logs, InstantSource clock) {
    this.pods = pods;
    this.logs = logs;
    this.clock = clock;
  }

  /**
   * @param call cancelled when the caller goes
   */
  void send(
      Route.ContainerLogs route,
      KubeletApi.Request request,
      Responder responder,
      Context.CancellableContext call)
      throws InterruptedException {
    ReadLogsRequest.Builder wanted;
    try {
      wanted = LogQuery.read(request.query(), clock.instant());
    } catch (InvalidQueryException invalid) {
      responder.plain(422, String.valueOf(invalid.getMessage()));
      return;
    }
    var pod = pods.find(route.namespace(), route.pod());
    switch (LogTarget.of(pod, route.pod(), route.container(), wanted.getPrevious())) {
      case LogTarget.Refused(int status, String message) -> responder.plain(status, message);
      case LogTarget.Found(String uid) ->
          logs.send(
              wanted.setUid(uid).setContainer(route.container()),
              responder,
              call,
              "container \"%s\" in pod \"%s\"".formatted(route.container(), route.pod()));
    }
  }
}
