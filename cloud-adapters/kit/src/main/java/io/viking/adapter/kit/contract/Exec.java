package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.ExecRequest;
import io.viking.cloud.v1.ExecResponse;
import io.viking.cloud.v1.ExecStart;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceStub;
import io.viking.cloud.v1.TerminalSize;
import java.util.List;
import java.util.function.BiFunction;

/** One exec or attach of a test. */
final class Exec implements AutoCloseable {
  /** How a call of this kind is made. */
  private interface Method
      extends BiFunction<
          InstanceServiceStub, StreamObserver<ExecResponse>, StreamObserver<ExecRequest>> {}

  private static final int PIECE = 32 << 10;

  private final Streams<ExecRequest, ExecResponse> streams;

  private Exec(Streams<ExecRequest, ExecResponse> streams) {
    this.streams = streams;
  }

  static Exec open(TestCluster cluster, ExecStart.Builder start) {
    return open(cluster, start, Integer.MAX_VALUE);
  }

  static Exec open(TestCluster cluster, ExecStart.Builder start, int take) {
    return begin(cluster, start, take, InstanceServiceStub::execInstance);
  }

  static Exec attach(TestCluster cluster, ExecStart.Builder start) {
    return begin(cluster, start, Integer.MAX_VALUE, InstanceServiceStub::attachInstance);
  }

  private static Exec begin(TestCluster cluster, ExecStart.Builder start, int take, Method method) {
    Exec exec = unstarted(cluster, take, method);
    exec.streams.send(ExecRequest.newBuilder().setStart(start.setClusterId(cluster.id())).build());
    return exec;
  }

  /** A call that has not said what it wants. */
  static Exec unstarted(TestCluster cluster) {
    return unstarted(cluster, Integer.MAX_VALUE, InstanceServiceStub::execInstance);
  }

  private static Exec unstarted(TestCluster cluster, int take, Method method) {
    return new Exec(
        Streams.open(
            cluster.patience(),
            take,
            answers -> method.apply(InstanceServiceGrpc.newStub(cluster.channel()), answers)));
  }

  /** Of the pod's one container: no streams but the two that come back. */
  static ExecStart.Builder command(String uid, String... command) {
    return ExecStart.newBuilder()
        .setUid(uid)
        .setContainer(TestPod.CONTAINER)
        .addAllCommand(List.of(command))
        .setStdout(true)
        .setStderr(true);
  }

  static ExecStart.Builder withStdin(String uid, String... command) {
    return command(uid, command).setStdin(true);
  }

  static ExecStart.Builder terminal(String uid, String... command) {
    return command(uid, command).setStdin(true).setStderr(false).setTty(true);
  }

  Exec type(String text) {
    return stdin(ByteString.copyFromUtf8(text));
  }

  /** In pieces, each when the adapter is ready for it. */
  Exec stdin(ByteString bytes) {
    for (int from = 0; from < bytes.size(); from += PIECE) {
      streams.send(
          ExecRequest.newBuilder()
              .setStdin(bytes.substring(from, Math.min(bytes.size(), from + PIECE)))
              .build());
    }
    return this;
  }

  Exec eof() {
    streams.send(ExecRequest.newBuilder().setStdinEof(true).build());
    return this;
  }

  Exec resize(int width, int height) {
    streams.send(
        ExecRequest.newBuilder()
            .setResize(TerminalSize.newBuilder().setWidth(width).setHeight(height))
            .build());
    return this;
  }

  /** Says that nothing more will come, not even that stdin ends. */
  Exec halfClose() {
    streams.halfClose();
    return this;
  }

  /** Whether the transport would take more input now. */
  boolean ready() {
    return streams.ready();
  }

  void take(int answers) {
    streams.take(answers);
  }

  String stdout() {
    return stdoutBytes().toStringUtf8();
  }

  ByteString stdoutBytes() {
    return joined(streams.received(), ExecResponse::getStdout);
  }

  String stderr() {
    return joined(streams.received(), ExecResponse::getStderr).toStringUtf8();
  }

  void awaitStdout(String text) {
    streams.awaitReceived(
        "\"" + text + "\" on stdout",
        received -> joined(received, ExecResponse::getStdout).toStringUtf8().contains(text));
  }

  /** Waits for the call's orderly end: one exit, as the last message. */
  int awaitExit() {
    assertThat(streams.awaitEnd()).as("failure of the call").isEmpty();
    List<ExecResponse> received = streams.received();
    assertThat(received).as("answers").isNotEmpty();
    assertThat(received.subList(0, received.size() - 1))
        .as("answers before the last")
        .noneMatch(ExecResponse::hasExit);
    ExecResponse last = received.getLast();
    assertThat(last.hasExit()).as("exit as the last answer, not %s", last).isTrue();
    assertThat(last.getExit().hasFailure())
        .as("failure in %s", last.getExit().getFailure())
        .isFalse();
    return last.getExit().getExitCode();
  }

  CloudFailure awaitFailure() {
    return streams.awaitEnd().orElseThrow(() -> new AssertionError("The call did not fail"));
  }

  void assertFails(ErrorReason reason) {
    CloudFailure failure = awaitFailure();
    assertThat(failure.reason()).as("%s", failure).isEqualTo(reason);
    assertThat(failure.message()).as("message").isNotBlank();
  }

  void cancel() {
    streams.cancel();
  }

  @Override
  public void close() {
    streams.close();
  }

  private static ByteString joined(
      List<ExecResponse> received, java.util.function.Function<ExecResponse, ByteString> part) {
    return ByteString.copyFrom(received.stream().map(part).toList());
  }
}
