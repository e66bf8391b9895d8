package io.viking.syncer.kubelet;

import static io.viking.syncer.testing.Prompt.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.viking.cloud.v1.ExecRequest;
import io.viking.cloud.v1.ExecResponse;
import io.viking.cloud.v1.PortForwardRequest;
import io.viking.syncer.kubelet.streams.StreamLimits;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Callers that take room and give nothing, or too much: all of them are let go of. */
class HostileCallerTest {
  private static final String EXEC = "/exec/shop/web/app?command=cat&";
  private static final String V4 = "v4.channel.k8s.io";
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofHours(1);

  private static KubeletFixture kubelet(ConnectionLimits limits) throws Exception {
    return new KubeletFixture(KubeletFixture.ALL, limits, StreamLimits.DEFAULT);
  }

  private static KubeletFixture kubelet(Duration setup, Duration stall, int streams)
      throws Exception {
    return new KubeletFixture(
        KubeletFixture.ALL,
        ConnectionLimits.DEFAULT,
        new StreamLimits(setup, stall, LONG, streams, 4_096, 64 * 1024));
  }

  private static class Silent<T> implements StreamObserver<T> {
    @Override
    public void onNext(T message) {}

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onCompleted() {}
  }

  /** Writes for as long as somebody takes it. */
  private static final class Flooding {
    private static final ExecResponse PIECE =
        ExecResponse.newBuilder().setStdout(ByteString.copyFrom(new byte[32 * 1024])).build();

    private final AtomicLong sent = new AtomicLong();
    private final LinkedBlockingQueue<String> input = new LinkedBlockingQueue<>();

    StreamObserver<ExecRequest> open(ServerCallStreamObserver<ExecResponse> answers) {
      answers.setOnCancelHandler(() -> {});
      answers.setOnReadyHandler(
          () -> {
            while (answers.isReady()) {
              answers.onNext(PIECE);
              sent.incrementAndGet();
            }
          });
      return new Silent<>() {
        @Override
        public void onNext(ExecRequest request) {
          if (request.hasStdin()) {
            input.add(request.getStdin().toStringUtf8());
          }
        }
      };
    }

    void awaitHeldBack() {
      var last = new AtomicLong(-1);
      await().pollInterval(SHORT).until(() -> last.getAndSet(sent.get()) == sent.get());
    }

    void awaitInput(String expected) throws InterruptedException {
      assertThat(input.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
    }
  }

  @Test
  void connection_withoutARequest_isClosed() throws Exception {
    try (var kubelet = kubelet(new ConnectionLimits(SHORT, LONG, LONG));
        var socket =
            kubelet
                .pki
                .client(Optional.of(kubelet.apiServerIdentity))
                .getSocketFactory()
                .createSocket("127.0.0.1", kubelet.server.port())) {
      socket.getOutputStream().write("GET /pods HTTP/1.1\r\nHost: a\r\nX-".getBytes());

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void connection_thatNeverShakesHands_isClosed() throws Exception {
    try (var kubelet = kubelet(new ConnectionLimits(SHORT, LONG, LONG));
        var socket = new Socket("127.0.0.1", kubelet.server.port())) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void upgraded_idle_isClosedAndItsCallEnds() throws Exception {
    try (var kubelet = kubelet(new ConnectionLimits(LONG, LONG, Duration.ofMillis(500)))) {
      var cancelled = new LinkedBlockingQueue<Boolean>();
      kubelet.cloud.exec =
          answers -> {
            answers.setOnCancelHandler(() -> cancelled.add(true));
            return new Silent<>();
          };
      try (var caller = kubelet.spdy(EXEC + "output=1", V4)) {
        caller.answer();
        caller.open("streamtype", "error");
        caller.open("streamtype", "stdout");
        caller.awaitClosed();
        assertThat(cancelled.poll(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void upgraded_callerNeverReads_isCutOffAndItsCallEnds() throws Exception {
    try (var kubelet = kubelet(new ConnectionLimits(LONG, Duration.ofSeconds(1), LONG))) {
      var cancelled = new LinkedBlockingQueue<Boolean>();
      var process = new Flooding();
      kubelet.cloud.exec =
          answers -> {
            var input = process.open(answers);
            answers.setOnCancelHandler(() -> cancelled.add(true));
            return input;
          };
      try (var caller = kubelet.spdy(EXEC + "output=1", V4)) {
        caller.answer();
        caller.open("streamtype", "error");
        int stdout = caller.open("streamtype", "stdout");
        caller.awaitReplied(stdout);
        caller.reading(false);

        assertThat(cancelled.poll(30, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  /** Its pings are not answered while it does not read; what it types gets through all the same. */
  @Test
  void spdy_pingsWithoutReading_areAnsweredByTheLast() throws Exception {
    try (var kubelet = kubelet(ConnectionLimits.DEFAULT)) {
      var process = new Flooding();
      kubelet.cloud.exec = process::open;
      try (var caller = kubelet.spdy(EXEC + "input=1&output=1", V4)) {
        caller.answer();
        caller.open("streamtype", "error");
        int stdin = caller.open("streamtype", "stdin");
        caller.awaitReplied(caller.open("streamtype", "stdout"));
        caller.reading(false);
        process.awaitHeldBack();

        for (int id = 1; id < 10_000; id += 2) {
          caller.ping(id);
        }
        caller.send(stdin, "^C");
        process.awaitInput("^C");
        caller.reading(true);

        caller.awaitPong(9_999);
        assertThat(caller.pongs()).containsExactly(9_999);
      }
    }
  }

  @Test
  void webSocket_pingsWithoutReading_areAnsweredByTheLast() throws Exception {
    try (var kubelet = kubelet(ConnectionLimits.DEFAULT)) {
      var process = new Flooding();
      kubelet.cloud.exec = process::open;
      var caller = WebSocketClient.connect(kubelet, EXEC + "input=1&output=1", V4);
      await().until(() -> caller.messages() > 0);
      caller.reading(false);
      process.awaitHeldBack();

      for (int ping = 0; ping < 1_000; ping++) {
        caller.ping("ping " + ping);
      }
      caller.send(0, "^C");
      process.awaitInput("^C");
      caller.reading(true);

      await().untilAsserted(() -> assertThat(caller.pongs()).containsExactly("ping 999"));
      caller.abort();
    }
  }

  @Test
  void exec_streamsNeverCome_isClosed() throws Exception {
    try (var kubelet = kubelet(SHORT, LONG, 10);
        var caller = kubelet.spdy(EXEC + "output=1", V4)) {
      caller.answer();
      caller.open("streamtype", "error");
      caller.awaitClosed();
    }
  }

  @Test
  void forward_containerTakesNothing_pairIsResetAndNeighboursGoOn() throws Exception {
    try (var kubelet = kubelet(LONG, SHORT, 10)) {
      kubelet.cloud.forward =
          answers -> {
            answers.disableAutoRequest();
            return new Silent<PortForwardRequest>();
          };
      try (var caller = kubelet.spdy("/portForward/shop/web", "portforward.k8s.io")) {
        caller.answer();
        int error = caller.open("streamtype", "error", "port", "80", "requestid", "0");
        int data = caller.open("streamtype", "data", "port", "80", "requestid", "0");
        for (int i = 0; i < 64; i++) {
          caller.send(data, new byte[16 * 1024]);
        }
        caller.awaitEnded(error);
        assertThat(caller.text(error)).contains("the container takes no data for");
        caller.ping(7);
        caller.awaitPong(7);
      }
    }
  }

  @Test
  void spdy_headersTooLarge_isCutOff() throws Exception {
    try (var kubelet = kubelet(LONG, LONG, 10);
        var caller = kubelet.spdy(EXEC + "output=1", V4)) {
      caller.answer();
      caller.open("streamtype", "error", "x-filler", "a".repeat(10_000));
      caller.awaitClosed();
    }
  }

  @Test
  void spdy_streamOfTheServersNumber_isCutOff() throws Exception {
    try (var kubelet = kubelet(LONG, LONG, 10);
        var caller = kubelet.spdy(EXEC + "output=1", V4)) {
      caller.answer();
      caller.write(new DefaultSpdySynStreamFrame(2, 0, (byte) 0));
      caller.awaitClosed();
    }
  }

  @Test
  void spdy_tooManyStreams_areRefused() throws Exception {
    try (var kubelet = kubelet(LONG, LONG, 2)) {
      kubelet.cloud.forward = answers -> new Silent<>();
      try (var caller = kubelet.spdy("/portForward/shop/web", "portforward.k8s.io")) {
        caller.answer();
        caller.open("streamtype", "error", "port", "80", "requestid", "0");
        caller.open("streamtype", "data", "port", "80", "requestid", "0");
        caller.awaitReset(caller.open("streamtype", "error", "port", "80", "requestid", "1"));
      }
    }
  }

  @Test
  void webSocket_frameTooLarge_isCutOff() throws Exception {
    try (var kubelet = kubelet(LONG, LONG, 10)) {
      var cancelled = new LinkedBlockingQueue<Boolean>();
      kubelet.cloud.exec =
          answers -> {
            answers.setOnCancelHandler(() -> cancelled.add(true));
            return new Silent<ExecRequest>();
          };
      var caller = WebSocketClient.connect(kubelet, EXEC + "input=1&output=1", V4);
      caller.offer(0, new byte[100_000]);

      assertThat(cancelled.poll(10, TimeUnit.SECONDS)).isTrue();
      await().until(caller::isClosed);
    }
  }

  @Test
  void http_headersTooLarge_are431() throws Exception {
    try (var kubelet = kubelet(ConnectionLimits.DEFAULT)) {
      var response =
          kubelet.apiServer.send(
              java.net.http.HttpRequest.newBuilder(kubelet.uri("/healthz"))
                  .header("X-Filler", "a".repeat(40_000))
                  .build(),
              java.net.http.HttpResponse.BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(431);
      assertThat(response.body()).contains("exceed 32768 bytes");
    }
  }

  @Test
  void http_lineTooLong_is414() throws Exception {
    try (var kubelet = kubelet(ConnectionLimits.DEFAULT)) {
      assertThat(kubelet.get("/healthz?x=" + "a".repeat(70_000)).statusCode()).isEqualTo(414);
    }
  }
}
