package io.viking.syncer.kubelet.streams.terminated;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ExecRequest;
import io.viking.cloud.v1.ExecResponse;
import io.viking.cloud.v1.ExecStart;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceStub;
import io.viking.syncer.kubelet.streams.StreamRequest;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * One exec or attach: the caller's streams on one side, one call on the other. Ends with the status
 * on the error stream, whatever happens, unless the caller goes first.
 */
final class ProcessSession implements WireListener, CloudCall.Listener<ExecResponse> {
  private final StreamRequest.Process request;
  private final String clusterId;
  private final InstanceServiceStub cloud;
  private final Wire wire;
  private final Map<StreamType, Integer> streams = new EnumMap<>(StreamType.class);
  private final CloudCall<ExecRequest, ExecResponse> call;
  private final ResizeReader sizes = new ResizeReader();

  ProcessSession(
      StreamRequest.Process request, String clusterId, InstanceServiceStub cloud, Wire wire) {
    this.request = request;
    this.clusterId = clusterId;
    this.cloud = cloud;
    this.wire = wire;
    this.call = new CloudCall<>(wire, this);
  }

  /** The streams that the caller is to open. */
  static Set<StreamType> expected(StreamRequest.Process request) {
    Set<StreamType> expected = EnumSet.of(StreamType.ERROR);
    if (request.stdin()) {
      expected.add(StreamType.STDIN);
    }
    if (request.stdout()) {
      expected.add(StreamType.STDOUT);
    }
    if (request.stderr()) {
      expected.add(StreamType.STDERR);
    }
    if (request.tty()) {
      expected.add(StreamType.RESIZE);
    }
    return expected;
  }

  /** A stream is open. Input may come on it before all are; it waits. */
  void join(StreamType type, int stream) {
    streams.put(type, stream);
  }

  boolean has(StreamType type) {
    return streams.containsKey(type);
  }

  boolean isComplete() {
    return streams.keySet().containsAll(expected(request));
  }

  @Override
  public void begin() {
    expected(request).forEach(type -> join(type, type.channel()));
    // An empty message on the lowest channel: the caller sees that the connection stands.
    StreamType first =
        request.stdout()
            ? StreamType.STDOUT
            : request.stderr() ? StreamType.STDERR : StreamType.ERROR;
    wire.write(first.channel(), Unpooled.EMPTY_BUFFER);
    start();
  }

  /** All streams are open: calls the cloud. */
  void start() {
    call.start(
        answers ->
            switch (request.kind()) {
              case EXEC -> cloud.execInstance(answers);
              case ATTACH -> cloud.attachInstance(answers);
            },
        ExecRequest.newBuilder()
            .setStart(
                ExecStart.newBuilder()
                    .setClusterId(clusterId)
                    .setUid(request.uid())
                    .setContainer(request.container())
                    .addAllCommand(request.command())
                    .setStdin(request.stdin())
                    .setStdout(request.stdout())
                    .setStderr(request.stderr())
                    .setTty(request.containerTty()))
            .build());
  }

  @Override
  public void received(int stream, ByteBuf data) {
    if (is(StreamType.STDIN, stream)) {
      call.send(data, bytes -> ExecRequest.newBuilder().setStdin(bytes).build());
    } else if (is(StreamType.RESIZE, stream)) {
      sizes.read(data).forEach(size -> call.send(ExecRequest.newBuilder().setResize(size).build()));
    }
  }

  @Override
  public void ended(int stream) {
    if (is(StreamType.STDIN, stream)) {
      call.send(ExecRequest.newBuilder().setStdinEof(true).build());
    }
  }

  /** The caller wants no more of this stream, either way. */
  void reset(int stream) {
    ended(stream);
    streams.values().remove(stream);
  }

  private boolean is(StreamType type, int stream) {
    return Integer.valueOf(stream).equals(streams.get(type));
  }

  @Override
  public void answered(ExecResponse message) {
    switch (message.getMessageCase()) {
      case STDOUT -> write(StreamType.STDOUT, message.getStdout());
      case STDERR -> write(StreamType.STDERR, message.getStderr());
      case EXIT -> {
        if (message.getExit().hasFailure()) {
          failed(CloudFailures.from(message.getExit().getFailure()));
        } else {
          finish(ExecStatus.exited(message.getExit().getExitCode()));
        }
      }
      case MESSAGE_NOT_SET -> {}
    }
  }

  private void write(StreamType type, ByteString data) {
    Integer stream = streams.get(type);
    if (stream != null && !data.isEmpty()) {
      wire.write(stream, Unpooled.wrappedBuffer(data.asReadOnlyByteBuffer()));
    }
  }

  @Override
  public void writable() {
    call.writable();
  }

  @Override
  public void completed() {
    finish(ExecStatus.failed(doing() + "the pool ended the stream without an exit code"));
  }

  /** In the kubelet's words, which users look up. */
  @Override
  public void failed(CloudFailure failure) {
    String sentence =
        CloudSentence.of(
            failure,
            "container not found (\"" + request.container() + "\")",
            request.kind().refusedStopped() + ": " + failure.message());
    finish(ExecStatus.failed(doing() + sentence));
  }

  private String doing() {
    return switch (request.kind()) {
      case EXEC -> "error executing command in container: ";
      case ATTACH -> "error attaching to container: ";
    };
  }

  private void finish(String status) {
    call.close();
    for (StreamType type : new StreamType[] {StreamType.STDOUT, StreamType.STDERR}) {
      Integer stream = streams.get(type);
      if (stream != null) {
        wire.end(stream);
      }
    }
    Integer error = streams.get(StreamType.ERROR);
    if (error != null) {
      wire.write(error, Unpooled.copiedBuffer(status, StandardCharsets.UTF_8));
      wire.end(error);
    }
    wire.finish();
  }

  @Override
  public void gone() {
    call.cancel();
  }
}
