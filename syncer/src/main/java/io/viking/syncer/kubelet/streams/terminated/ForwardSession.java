package io.viking.syncer.kubelet.streams.terminated;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceStub;
import io.viking.cloud.v1.PortForwardRequest;
import io.viking.cloud.v1.PortForwardResponse;
import io.viking.cloud.v1.PortForwardStart;
import io.viking.syncer.kubelet.streams.StreamRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One forwarded connection: a data stream and an error stream on one side, one call on the other.
 */
final class ForwardSession
    implements WireListener, ClientResponseObserver<PortForwardRequest, PortForwardResponse> {
  private final StreamRequest.PortForward request;
  private final int port;
  private final String clusterId;
  private final InstanceServiceStub cloud;
  private final Wire wire;
  private final int data;
  private final int error;
  private final Runnable done;
  private final EventExecutor loop;
  private final Duration stall;
  private final CallInput<PortForwardRequest> input;
  private Optional<ClientCallStreamObserver<PortForwardRequest>> call = Optional.empty();
  private boolean awaitsRoom;
  private boolean watched;
  private boolean finished;

  /**
   * @param stall input that waits for so long, with none taken, resets the pair
   * @param done called once, after the pair's last frame
   */
  ForwardSession(
      StreamRequest.PortForward request,
      int port,
      String clusterId,
      InstanceServiceStub cloud,
      Wire wire,
      int data,
      int error,
      EventExecutor loop,
      Duration stall,
      Runnable done) {
    this.request = request;
    this.port = port;
    this.clusterId = clusterId;
    this.cloud = cloud;
    this.wire = wire;
    this.data = data;
    this.error = error;
    this.loop = loop;
    this.stall = stall;
    this.done = done;
    this.input = new CallInput<>(wire.gate());
  }

  void start() {
    var into = (ClientCallStreamObserver<PortForwardRequest>) cloud.portForward(this);
    into.onNext(
        PortForwardRequest.newBuilder()
            .setStart(
                PortForwardStart.newBuilder()
                    .setClusterId(clusterId)
                    .setUid(request.uid())
                    .setPort(port))
            .build());
    input.open(into);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<PortForwardRequest> starting) {
    call = Optional.of(starting);
    starting.disableAutoRequestWithInitial(1);
    starting.setOnReadyHandler(input::drain);
  }

  @Override
  public void received(int stream, ByteBuf bytes) {
    if (!finished && stream == data) {
      input.send(bytes, piece -> PortForwardRequest.newBuilder().setData(piece).build());
      watch();
    }
  }

  /** While input waits, the whole connection is not read: not for ever. */
  private void watch() {
    if (watched || !input.isWaiting()) {
      return;
    }
    watched = true;
    long before = input.sent();
    var unused =
        loop.schedule(
            () -> {
              watched = false;
              if (!finished && input.isWaiting() && input.sent() == before) {
                fail("the container takes no data for " + stall.toSeconds() + " s");
                cancel();
              } else {
                watch();
              }
            },
            stall.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void ended(int stream) {
    if (stream == data) {
      input.end();
    }
  }

  @Override
  public void reset(int stream) {
    if (!finished && stream == data) {
      finished = true;
      cancel();
      wire.end(error);
      done.run();
    }
  }

  @Override
  public void onNext(PortForwardResponse message) {
    if (finished) {
      return;
    }
    if (!message.getData().isEmpty()) {
      wire.write(data, Unpooled.wrappedBuffer(message.getData().asReadOnlyByteBuffer()));
    }
    awaitsRoom = !wire.isWritable();
    if (!awaitsRoom) {
      call.ifPresent(from -> from.request(1));
    }
  }

  @Override
  public void writable() {
    if (awaitsRoom) {
      awaitsRoom = false;
      call.ifPresent(from -> from.request(1));
    }
  }

  @Override
  public void onCompleted() {
    if (!finished) {
      finish();
    }
  }

  @Override
  public void onError(Throwable thrown) {
    if (!finished) {
      fail(sentence(CloudFailures.from(thrown)));
    }
  }

  private void fail(String why) {
    String message =
        "error forwarding port %d to pod %s, uid %s: %s"
            .formatted(port, request.pod(), request.uid(), why);
    wire.write(error, Unpooled.copiedBuffer(message, StandardCharsets.UTF_8));
    finish();
  }

  private void finish() {
    finished = true;
    input.close();
    wire.end(data);
    wire.end(error);
    done.run();
  }

  private static String sentence(CloudFailure failure) {
    return switch (failure.reason()) {
      case ERROR_REASON_NOT_FOUND -> "the instance is gone: " + failure.message();
      case ERROR_REASON_BUSY -> "the pod is not running: " + failure.message();
      case ERROR_REASON_UNSUPPORTED -> "this pool cannot do that: " + failure.message();
      case ERROR_REASON_UNAVAILABLE, ERROR_REASON_THROTTLED ->
          "the cloud does not answer now: " + failure.message();
      default -> failure.message();
    };
  }

  private void cancel() {
    input.close();
    call.ifPresent(from -> from.cancel("the caller has gone", null));
  }

  @Override
  public void gone() {
    finished = true;
    cancel();
  }
}
