package io.viking.syncer.kubelet;

import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.ReadLogsRequest;
import io.viking.cloud.v1.ReadLogsResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries a container's log from the cloud to a caller, no faster than the caller reads. */
final class LogStreams {
  private static final Logger log = LoggerFactory.getLogger(LogStreams.class);
  private static final String TYPE = "text/plain; charset=utf-8";

  /** A quiet followed log shows its headers after this time: the caller sees that it stands. */
  private static final Duration HEADERS_WITHIN = Duration.ofSeconds(1);

  private final Channel cloud;
  private final String clusterId;

  LogStreams(Channel cloud, String clusterId) {
    this.cloud = cloud;
    this.clusterId = clusterId;
  }

  /**
   * Answers with the log; returns when it has ended or the caller has gone.
   *
   * @param call cancelled when the caller goes
   * @param container what messages call it: {@code container "x" in pod "y"}
   */
  void send(
      ReadLogsRequest.Builder request,
      Responder responder,
      Context.CancellableContext call,
      String container)
      throws InterruptedException {
    Context before = call.attach();
    if (request.getFollow()) {
      responder.beginWithin(HEADERS_WITHIN, TYPE);
    }
    try {
      Iterator<ReadLogsResponse> pieces =
          InstanceServiceGrpc.newBlockingStub(cloud)
              .readLogs(request.setClusterId(clusterId).build());
      while (pieces.hasNext()) {
        byte[] piece = pieces.next().getData().toByteArray();
        responder.begin(TYPE);
        if (piece.length > 0) {
          responder.write(piece);
        }
      }
      responder.begin(TYPE);
      responder.end();
    } catch (Responder.GoneException gone) {
      call.cancel(new CancellationException("the caller has gone"));
    } catch (StatusRuntimeException failed) {
      if (!call.isCancelled()) {
        tell(CloudFailures.from(failed), request, responder, container);
      }
    } finally {
      call.detach(before);
    }
  }

  private static void tell(
      CloudFailure failure,
      ReadLogsRequest.Builder request,
      Responder responder,
      String container) {
    if (responder.hasBegun()) {
      log.warn("the log of {} (UID {}) was cut off: {}", container, request.getUid(), failure);
      responder.abort();
      return;
    }
    switch (failure.reason()) {
      case ERROR_REASON_NOT_FOUND ->
          // Not 404: the API server would hide the sentence behind one of its own.
          responder.plain(
              400,
              container
                  + " has no log: its instance is gone from the cloud, which keeps an ended one for"
                  + " an hour");
      case ERROR_REASON_BUSY ->
          responder.plain(400, container + " is waiting to start: ContainerCreating");
      case ERROR_REASON_UNSUPPORTED ->
          responder.plain(501, "this pool cannot read that: " + failure.message());
      case ERROR_REASON_THROTTLED, ERROR_REASON_UNAVAILABLE ->
          responder.plain(503, "the cloud does not answer now: " + failure.message());
      default -> responder.plain(500, "the log cannot be read: " + failure.message());
    }
  }
}
