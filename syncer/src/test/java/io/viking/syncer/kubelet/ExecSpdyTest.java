package io.viking.syncer.kubelet;

import static io.viking.syncer.testing.Prompt.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.ExecExit;
import io.viking.cloud.v1.ExecRequest;
import io.viking.cloud.v1.ExecResponse;
import io.viking.cloud.v1.Failure;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** exec and attach as the API server asks for them, against a cloud that a test writes. */
class ExecSpdyTest {
  private static final String V4 = "v4.channel.k8s.io";
  private static final String EXEC = "/exec/shop/web/app?command=sh&command=-c&";

  private KubeletFixture kubelet;

  @BeforeEach
  void start() throws Exception {
    kubelet = new KubeletFixture();
  }

  @AfterEach
  void stop() throws Exception {
    kubelet.close();
  }

  /** Collects what the caller sends; a test answers. */
  private static final class Process implements StreamObserver<ExecRequest> {
    final ServerCallStreamObserver<ExecResponse> answers;
    final BlockingQueue<ExecRequest> requests = new LinkedBlockingQueue<>();
    final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    Process(ServerCallStreamObserver<ExecResponse> answers) {
      this.answers = answers;
      answers.setOnCancelHandler(() -> ends.add("cancelled"));
    }

    ExecRequest next() throws InterruptedException {
      return requests.poll(10, TimeUnit.SECONDS);
    }

    void stdout(String text) {
      answers.onNext(ExecResponse.newBuilder().setStdout(ByteString.copyFromUtf8(text)).build());
    }

    void stderr(String text) {
      answers.onNext(ExecResponse.newBuilder().setStderr(ByteString.copyFromUtf8(text)).build());
    }

    void exit(int code) {
      answers.onNext(
          ExecResponse.newBuilder().setExit(ExecExit.newBuilder().setExitCode(code)).build());
      answers.onCompleted();
    }

    @Override
    public void onNext(ExecRequest request) {
      requests.add(request);
    }

    @Override
    public void onError(Throwable thrown) {
      ends.add("error");
    }

    @Override
    public void onCompleted() {
      ends.add("completed");
    }
  }

  private BlockingQueue<Process> processes() {
    var processes = new LinkedBlockingQueue<Process>();
    kubelet.cloud.exec =
        answers -> {
          var process = new Process(answers);
          processes.add(process);
          return process;
        };
    return processes;
  }

  @Test
  void exec_command_carriesAllStreamsAndTheExitCode() throws Exception {
    var processes = processes();
    try (var caller = kubelet.spdy(EXEC + "input=1&output=1&error=1", "v5.channel.k8s.io", V4)) {
      assertThat(caller.answer()).isEqualTo("101 " + V4);
      int error = caller.open("streamtype", "error");
      int stdin = caller.open("streamtype", "stdin");
      int stdout = caller.open("streamtype", "stdout");
      int stderr = caller.open("streamtype", "stderr");
      Process process = processes.take();

      var start = process.next().getStart();
      assertThat(start.getClusterId()).isEqualTo("cluster-1");
      assertThat(start.getUid()).isEqualTo("uid-web");
      assertThat(start.getContainer()).isEqualTo("app");
      assertThat(start.getCommandList()).containsExactly("sh", "-c");
      assertThat(start.getStdin() && start.getStdout() && start.getStderr()).isTrue();
      assertThat(start.getTty()).isFalse();

      caller.send(stdin, "input");
      assertThat(process.next().getStdin().toStringUtf8()).isEqualTo("input");
      caller.end(stdin);
      assertThat(process.next().getStdinEof()).isTrue();
      process.stdout("out");
      process.stderr("err");
      process.exit(3);

      caller.awaitEnded(error);
      caller.awaitEnded(stdout);
      caller.awaitEnded(stderr);
      assertThat(caller.text(stdout)).isEqualTo("out");
      assertThat(caller.text(stderr)).isEqualTo("err");
      assertThat(caller.text(error))
          .contains("\"status\":\"Failure\"")
          .contains("\"reason\":\"NonZeroExitCode\"")
          .contains("{\"reason\":\"ExitCode\",\"message\":\"3\"}");
    }
  }

  @Test
  void exec_exitZero_isSuccess() throws Exception {
    var processes = processes();
    try (var caller = kubelet.spdy(EXEC + "output=1", V4)) {
      caller.answer();
      int error = caller.open("streamtype", "error");
      caller.open("streamtype", "stdout");
      processes.take().exit(0);

      caller.awaitEnded(error);
      assertThat(caller.text(error)).isEqualTo("{\"metadata\":{},\"status\":\"Success\"}");
    }
  }

  @Test
  void exec_tty_hasSizesAndNoStderr() throws Exception {
    var processes = processes();
    try (var caller = kubelet.spdy(EXEC + "input=1&output=1&error=1&tty=1", V4)) {
      caller.answer();
      caller.open("streamtype", "error");
      caller.open("streamtype", "stdin");
      caller.open("streamtype", "stdout");
      int resize = caller.open("streamtype", "resize");
      Process process = processes.take();
      var start = process.next().getStart();
      assertThat(start.getTty()).isTrue();
      assertThat(start.getStderr()).isFalse();

      caller.send(resize, "{\"Width\":80,\"Hei");
      caller.send(resize, "ght\":24}\n");

      var size = process.next().getResize();
      assertThat(size.getWidth()).isEqualTo(80);
      assertThat(size.getHeight()).isEqualTo(24);
    }
  }

  /** Who reads its input is called when all streams are there; until then they may come. */
  @Test
  void exec_inputBeforeAllStreamsAreOpen_waits() throws Exception {
    var processes = processes();
    try (var caller = kubelet.spdy(EXEC + "input=1&output=1", V4)) {
      caller.answer();
      caller.open("streamtype", "error");
      int stdin = caller.open("streamtype", "stdin");
      caller.send(stdin, "early");
      caller.ping(1);
      caller.awaitPong(1);
      caller.open("streamtype", "stdout");
      Process process = processes.take();

      assertThat(process.next().hasStart()).isTrue();
      assertThat(process.next().getStdin().toStringUtf8()).isEqualTo("early");
    }
  }

  @Test
  void exec_cloudFails_saysWhyOnTheErrorStream() throws Exception {
    kubelet.cloud.exec =
        answers -> {
          answers.onNext(
              ExecResponse.newBuilder()
                  .setExit(
                      ExecExit.newBuilder()
                          .setFailure(
                              Failure.newBuilder()
                                  .setReason(ErrorReason.ERROR_REASON_BUSY)
                                  .setMessage("it has ended")))
                  .build());
          answers.onCompleted();
          return new Ignored();
        };
    try (var caller = kubelet.spdy(EXEC + "output=1", V4)) {
      caller.answer();
      int error = caller.open("streamtype", "error");
      caller.open("streamtype", "stdout");

      caller.awaitEnded(error);
      assertThat(caller.text(error))
          .contains("\"reason\":\"InternalError\"")
          .contains("cannot exec in a stopped container: it has ended");
    }
  }

  @Test
  void exec_callerGoes_cancelsTheCall() throws Exception {
    var processes = processes();
    Process process;
    try (var caller = kubelet.spdy(EXEC + "output=1", V4)) {
      caller.answer();
      caller.open("streamtype", "error");
      caller.open("streamtype", "stdout");
      process = processes.take();
    }

    assertThat(process.ends.poll(10, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void exec_ping_isAnswered() throws Exception {
    processes();
    try (var caller = kubelet.spdy(EXEC + "output=1", V4)) {
      caller.answer();
      caller.ping(1);
      caller.awaitPong(1);
    }
  }

  @Test
  void exec_unknownStream_isReset() throws Exception {
    processes();
    try (var caller = kubelet.spdy(EXEC + "output=1", V4)) {
      caller.answer();
      caller.awaitReset(caller.open("streamtype", "stdin"));
      caller.awaitReset(caller.open("streamtype", "nonsense"));
    }
  }

  /** How much the kernel takes meanwhile is the machine's matter: so it writes until it stops. */
  @Test
  void exec_outputToACallerThatDoesNotRead_isHeldBackAndArrivesWhole() throws Exception {
    byte[] piece = bytes(32 * 1024);
    var sent = new AtomicLong();
    var stops = new AtomicBoolean();
    var calls = new LinkedBlockingQueue<ServerCallStreamObserver<ExecResponse>>();
    kubelet.cloud.exec =
        answers -> {
          answers.setOnReadyHandler(
              () -> {
                while (answers.isReady() && !stops.get()) {
                  answers.onNext(
                      ExecResponse.newBuilder().setStdout(ByteString.copyFrom(piece)).build());
                  sent.incrementAndGet();
                }
                if (answers.isReady()) {
                  answers.onNext(
                      ExecResponse.newBuilder().setExit(ExecExit.getDefaultInstance()).build());
                  answers.onCompleted();
                }
              });
          calls.add(answers);
          return new Ignored();
        };
    try (var caller = kubelet.spdy(EXEC + "output=1", V4)) {
      caller.answer();
      int error = caller.open("streamtype", "error");
      int stdout = caller.open("streamtype", "stdout");
      caller.awaitReplied(stdout);
      caller.reading(false);
      var call = calls.take();
      awaitHeldBack(call, sent);
      stops.set(true);
      caller.reading(true);
      caller.awaitEnded(error);

      byte[] received = caller.bytes(stdout);
      assertThat((long) received.length).isEqualTo(sent.get() * piece.length);
      for (int at = 0; at < received.length; at += piece.length) {
        assertThat(Arrays.equals(received, at, at + piece.length, piece, 0, piece.length))
            .as("bytes from %d on, in order", at)
            .isTrue();
      }
    }
  }

  @Test
  void exec_8MbIn_toASlowContainer_areHeldBackAndArriveWhole() throws Exception {
    byte[] content = bytes(8 << 20);
    var taken = new java.io.ByteArrayOutputStream();
    var calls = new LinkedBlockingQueue<ServerCallStreamObserver<ExecResponse>>();
    kubelet.cloud.exec =
        answers -> {
          answers.disableAutoRequest();
          calls.add(answers);
          return new Ignored() {
            @Override
            public void onNext(ExecRequest request) {
              if (request.getStdinEof()) {
                answers.onNext(
                    ExecResponse.newBuilder().setExit(ExecExit.getDefaultInstance()).build());
                answers.onCompleted();
              } else {
                taken.writeBytes(request.getStdin().toByteArray());
                answers.request(1);
              }
            }
          };
        };
    try (var caller = kubelet.spdy(EXEC + "input=1", V4)) {
      caller.answer();
      int error = caller.open("streamtype", "error");
      int stdin = caller.open("streamtype", "stdin");
      var call = calls.take();
      for (int at = 0; at < content.length; at += 16 * 1024) {
        caller.send(stdin, Arrays.copyOfRange(content, at, at + 16 * 1024));
      }
      caller.end(stdin);
      // Held back all the way to the caller, whose own buffers are full now: far below 8 MB.
      await().until(() -> !caller.isWritable());
      call.request(1);
      caller.awaitEnded(error);

      assertThat(Arrays.equals(taken.toByteArray(), content)).as("all bytes, in order").isTrue();
    }
  }

  private static class Ignored implements StreamObserver<ExecRequest> {
    @Override
    public void onNext(ExecRequest request) {}

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onCompleted() {}
  }

  private static void awaitHeldBack(ServerCallStreamObserver<ExecResponse> call, AtomicLong sent) {
    var last = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(300))
        .until(() -> last.getAndSet(sent.get()) == sent.get() && !call.isReady());
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
