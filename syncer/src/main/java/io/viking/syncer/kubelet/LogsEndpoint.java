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
    switch (LogTarget.of(route, pod, wanted.getPrevious())) {
      case LogTarget.Refused(int status, String message) -> responder.plain(status, message);
      case LogTarget.Found found ->
          logs.send(
              wanted.setUid(found.uid()).setContainer(route.container()),
              responder,
              call,
              route.described(),
              () -> !wanted.getPrevious() && goesOn(route, found));
    }
  }

  private boolean goesOn(Route.ContainerLogs route, LogTarget.Found found) {
    return LogTarget.goesOn(route, pods.find(route.namespace(), route.pod()), found);
  }
}
