package io.viking.syncer.kubelet;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.Capabilities;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.ReadLogsRequest;
import io.viking.cloud.v1.ReadLogsResponse;
import io.viking.syncer.pods.lifecycle.Instants;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries a container's log from the cloud to a caller, no faster than the caller reads. */
final class LogStreams {
  private static final Logger log = LoggerFactory.getLogger(LogStreams.class);

  /** A quiet followed log shows its headers after this time: the caller sees that it stands. */
  private static final Duration HEADERS_WITHIN = Duration.ofSeconds(1);

  /** Between readings of a log that the pool cannot follow. */
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Channel cloud;
  private final String clusterId;
  private final Capabilities capabilities;

  LogStreams(Channel cloud, String clusterId, Capabilities capabilities) {
    this.cloud = cloud;
    this.clusterId = clusterId;
    this.capabilities = capabilities;
  }

  /**
   * Answers with the log; returns when it has ended or the caller has gone.
   *
   * @param call cancelled when the caller goes
   * @param container what messages call it: {@code container "x" in pod "y"}
   * @param goesOn whether the container may yet write into this log
   */
  void send(
      ReadLogsRequest.Builder request,
      Responder responder,
      Context.CancellableContext call,
      String container,
      BooleanSupplier goesOn)
      throws InterruptedException {
    Context before = call.attach();
    request.setClusterId(clusterId);
    if (request.getFollow()) {
      responder.beginWithin(HEADERS_WITHIN, Responder.TEXT);
    }
    try {
      if (request.getFollow() && !capabilities.getLogFollow()) {
        poll(request, responder, call, goesOn);
      } else {
        read(request.build(), responder, piece -> piece.toByteArray());
      }
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

  private void read(
      ReadLogsRequest request, Responder responder, Function<ByteString, byte[]> wanted)
      throws InterruptedException, Responder.GoneException {
    Iterator<ReadLogsResponse> pieces =
        InstanceServiceGrpc.newBlockingStub(cloud).readLogs(request);
    while (pieces.hasNext()) {
      byte[] piece = wanted.apply(pieces.next().getData());
      responder.begin(Responder.TEXT);
      if (piece.length > 0) {
        responder.write(piece);
      }
    }
    responder.begin(Responder.TEXT);
  }

  /**
   * Follows by reading again and again, as the contract has it for pools that cannot follow. A pool
   * that is out of reach for a while is waited for, once the first reading was there.
   */
  private void poll(
      ReadLogsRequest.Builder asked,
      Responder responder,
      Context.CancellableContext call,
      BooleanSupplier goesOn)
      throws InterruptedException, Responder.GoneException {
    var gone = new CountDownLatch(1);
    call.addListener(_ -> gone.countDown(), Runnable::run);
    var told =
        new PolledLog(
            asked.getTimestamps(),
            asked.hasLimitBytes() ? Optional.of(asked.getLimitBytes()) : Optional.empty());
    ReadLogsRequest.Builder next =
        asked.clone().setFollow(false).setTimestamps(true).clearLimitBytes();
    // Of no line at all it could not be told what comes after it.
    boolean silently = asked.hasTailLines() && asked.getTailLines() == 0;
    if (silently) {
      next.setTailLines(1);
    }
    boolean more;
    do {
      // Asked before it is read: what it writes until it ends is in this reading.
      more = goesOn.getAsBoolean();
      told.begin(silently);
      try {
        read(next.build(), responder, told::take);
        silently = false;
        next.clearTailLines();
      } catch (StatusRuntimeException failed) {
        more = true;
        if (told.since().isEmpty() || !isPassing(CloudFailures.from(failed))) {
          throw failed;
        }
      }
      told.since().ifPresent(since -> next.setSinceTime(Instants.timestamp(since)));
    } while (more && !told.isFull() && !gone.await(POLL.toMillis(), TimeUnit.MILLISECONDS));
  }

  private static boolean isPassing(CloudFailure failure) {
    return switch (failure.reason()) {
      case ERROR_REASON_THROTTLED, ERROR_REASON_UNAVAILABLE -> true;
      default -> false;
    };
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
          responder.plain(400, LogTarget.notStarted(container, LogTarget.CREATING));
      case ERROR_REASON_UNSUPPORTED ->
          responder.plain(501, "this pool cannot read that: " + failure.message());
      case ERROR_REASON_THROTTLED, ERROR_REASON_UNAVAILABLE ->
          responder.plain(503, "the cloud does not answer now: " + failure.message());
      default -> responder.plain(500, "the log cannot be read: " + failure.message());
    }
  }
}
