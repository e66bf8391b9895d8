package io.viking.syncer.kubelet.streams.terminated;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceStub;
import io.viking.cloud.v1.PortForwardRequest;
import io.viking.cloud.v1.PortForwardResponse;
import io.viking.cloud.v1.PortForwardStart;
import io.viking.syncer.kubelet.streams.StreamRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * One forwarded connection: a data stream and an error stream on one side, one call on the other.
 */
final class ForwardSession implements WireListener, CloudCall.Listener<PortForwardResponse> {
  private final StreamRequest.PortForward request;
  private final int port;
  private final String clusterId;
  private final InstanceServiceStub cloud;
  private final Wire wire;
  private final Runnable done;
  private final EventExecutor loop;
  private final Duration stall;
  private final CloudCall<PortForwardRequest, PortForwardResponse> call;
  private OptionalInt data = OptionalInt.empty();
  private OptionalInt error = OptionalInt.empty();
  private boolean watched;

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
      EventExecutor loop,
      Duration stall,
      Runnable done) {
    this.request = request;
    this.port = port;
    this.clusterId = clusterId;
    this.cloud = cloud;
    this.wire = wire;
    this.loop = loop;
    this.stall = stall;
    this.done = done;
    this.call = new CloudCall<>(wire, this);
  }

  /** The stream for data is open. Input may come on it before all are; it waits. */
  void joinData(int stream) {
    data = OptionalInt.of(stream);
  }

  void joinError(int stream) {
    error = OptionalInt.of(stream);
  }

  boolean hasData() {
    return data.isPresent();
  }

  boolean hasError() {
    return error.isPresent();
  }

  boolean isComplete() {
    return hasData() && hasError();
  }

  /** Both streams are open: calls the cloud. */
  void start() {
    call.start(
        cloud::portForward,
        PortForwardRequest.newBuilder()
            .setStart(
                PortForwardStart.newBuilder()
                    .setClusterId(clusterId)
                    .setUid(request.uid())
                    .setPort(port))
            .build());
  }

  @Override
  public void received(int stream, ByteBuf bytes) {
    if (isData(stream)) {
      call.send(bytes, piece -> PortForwardRequest.newBuilder().setData(piece).build());
      watch();
    }
  }

  /** While input waits, the whole connection is not read: not for ever. */
  private void watch() {
    if (watched || !call.isInputWaiting()) {
      return;
    }
    watched = true;
    long before = call.inputTaken();
    var unused =
        loop.schedule(
            () -> {
              watched = false;
              if (call.isInputWaiting() && call.inputTaken() == before) {
                fail("the container takes no data for " + stall.toSeconds() + " s");
                call.cancel();
              } else {
                watch();
              }
            },
            stall.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void ended(int stream) {
    if (isData(stream)) {
      call.endInput();
    }
  }

  private boolean isData(int stream) {
    return data.isPresent() && data.getAsInt() == stream;
  }

  /** The caller wants no more of this stream, either way. */
  void reset(int stream) {
    if (isData(stream)) {
      call.cancel();
      error.ifPresent(wire::end);
      done.run();
    }
  }

  @Override
  public void answered(PortForwardResponse message) {
    if (!message.getData().isEmpty()) {
      var bytes = message.getData().asReadOnlyByteBuffer();
      data.ifPresent(stream -> wire.write(stream, Unpooled.wrappedBuffer(bytes)));
    }
  }

  @Override
  public void writable() {
    call.writable();
  }

  @Override
  public void completed() {
    finish();
  }

  @Override
  public void failed(CloudFailure failure) {
    fail(
        CloudSentence.of(
            failure,
            "the instance is gone: " + failure.message(),
            "the pod is not running: " + failure.message()));
  }

  private void fail(String why) {
    String message =
        "error forwarding port %d to pod %s, uid %s: %s"
            .formatted(port, request.pod(), request.uid(), why);
    error.ifPresent(
        stream -> wire.write(stream, Unpooled.copiedBuffer(message, StandardCharsets.UTF_8)));
    finish();
  }

  private void finish() {
    call.close();
    data.ifPresent(wire::end);
    error.ifPresent(wire::end);
    done.run();
  }

  @Override
  public void gone() {
    call.cancel();
  }
}
