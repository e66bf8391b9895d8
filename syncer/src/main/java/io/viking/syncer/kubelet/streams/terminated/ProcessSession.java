package io.viking.syncer.kubelet.streams.terminated;

import com.google.protobuf.ByteString;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ExecRequest;
import io.viking.cloud.v1.ExecResponse;
import io.viking.cloud.v1.ExecStart;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceStub;
import io.viking.syncer.kubelet.streams.StreamRequest;
import io.viking.syncer.kubelet.streams.StreamRequest.Kind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One exec or attach: the caller's streams on one side, one call on the other. Ends with the status
 * on the error stream, whatever happens, unless the caller goes first.
 */
final class ProcessSession
    implements WireListener, ClientResponseObserver<ExecRequest, ExecResponse> {
  private final StreamRequest.Process request;
  private final String clusterId;
  private final InstanceServiceStub cloud;
  private final Wire wire;
  private final Map<StreamType, Integer> streams = new EnumMap<>(StreamType.class);
  private final CallInput<ExecRequest> input;
  private final ResizeReader sizes = new ResizeReader();
  private Optional<ClientCallStreamObserver<ExecRequest>> call = Optional.empty();
  private boolean awaitsRoom;
  private boolean finished;

  ProcessSession(
      StreamRequest.Process request, String clusterId, InstanceServiceStub cloud, Wire wire) {
    this.request = request;
    this.clusterId = clusterId;
    this.cloud = cloud;
    this.wire = wire;
    this.input = new CallInput<>(wire.gate());
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
    var into =
        (ClientCallStreamObserver<ExecRequest>)
            switch (request.kind()) {
              case EXEC -> cloud.execInstance(this);
              case ATTACH -> cloud.attachInstance(this);
            };
    into.onNext(
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
    input.open(into);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ExecRequest> starting) {
    call = Optional.of(starting);
    starting.disableAutoRequestWithInitial(1);
    starting.setOnReadyHandler(input::drain);
  }

  @Override
  public void received(int stream, ByteBuf data) {
    if (finished) {
      return;
    }
    if (is(StreamType.STDIN, stream)) {
      input.send(data, bytes -> ExecRequest.newBuilder().setStdin(bytes).build());
    } else if (is(StreamType.RESIZE, stream)) {
      sizes
          .read(data)
          .forEach(size -> input.send(ExecRequest.newBuilder().setResize(size).build()));
    }
  }

  @Override
  public void ended(int stream) {
    if (!finished && is(StreamType.STDIN, stream)) {
      input.send(ExecRequest.newBuilder().setStdinEof(true).build());
    }
  }

  @Override
  public void reset(int stream) {
    ended(stream);
    streams.values().remove(stream);
  }

  private boolean is(StreamType type, int stream) {
    return Integer.valueOf(stream).equals(streams.get(type));
  }

  @Override
  public void onNext(ExecResponse message) {
    if (finished) {
      return;
    }
    switch (message.getMessageCase()) {
      case STDOUT -> write(StreamType.STDOUT, message.getStdout());
      case STDERR -> write(StreamType.STDERR, message.getStderr());
      case EXIT ->
          finish(
              message.getExit().hasFailure()
                  ? ExecStatus.failed(sentence(CloudFailures.from(message.getExit().getFailure())))
                  : ExecStatus.exited(message.getExit().getExitCode()));
      case MESSAGE_NOT_SET -> {}
    }
    awaitsRoom = !wire.isWritable();
    if (!awaitsRoom) {
      call.ifPresent(from -> from.request(1));
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
    if (awaitsRoom) {
      awaitsRoom = false;
      call.ifPresent(from -> from.request(1));
    }
  }

  @Override
  public void onError(Throwable thrown) {
    finish(ExecStatus.failed(sentence(CloudFailures.from(thrown))));
  }

  @Override
  public void onCompleted() {
    finish(
        ExecStatus.failed(
            (request.kind() == Kind.EXEC
                    ? "error executing command in container: "
                    : "error attaching to container: ")
                + "the pool ended the stream without an exit code"));
  }

  private void finish(String status) {
    if (finished) {
      return;
    }
    finished = true;
    input.close();
    for (StreamType type : new StreamType[] {StreamType.STDOUT, StreamType.STDERR}) {
      Integer stream = streams.get(type);
      if (stream != null) {
        wire.end(stream);
      }
    }
    Integer error = streams.get(StreamType.ERROR);
    if (error != null) {
      wire.write(error, Unpooled.copiedBuffer(status, java.nio.charset.StandardCharsets.UTF_8));
      wire.end(error);
    }
    wire.finish();
  }

  /** In the kubelet's words, which users look up. */
  private String sentence(CloudFailure failure) {
    String doing =
        switch (request.kind()) {
          case EXEC -> "error executing command in container: ";
          case ATTACH -> "error attaching to container: ";
        };
    return doing
        + switch (failure.reason()) {
          case ERROR_REASON_NOT_FOUND -> "container not found (\"" + request.container() + "\")";
          case ERROR_REASON_BUSY ->
              (request.kind() == Kind.EXEC
                      ? "cannot exec in a stopped container: "
                      : "cannot attach to a stopped container: ")
                  + failure.message();
          case ERROR_REASON_UNSUPPORTED -> "this pool cannot do that: " + failure.message();
          case ERROR_REASON_UNAVAILABLE, ERROR_REASON_THROTTLED ->
              "the cloud does not answer now: " + failure.message();
          default -> failure.message();
        };
  }

  @Override
  public void gone() {
    finished = true;
    input.close();
    call.ifPresent(from -> from.cancel("the caller has gone", null));
  }
}
