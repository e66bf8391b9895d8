package io.viking.syncer.kubelet;

import static io.viking.syncer.testing.Prompt.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.viking.cloud.v1.PortForwardRequest;
import io.viking.cloud.v1.PortForwardResponse;
import io.viking.syncer.kubelet.streams.StreamLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Port-forward as the API server asks for it, against a cloud that echoes. */
class PortForwardSpdyTest {
  private static final String PATH = "/portForward/shop/web";
  private static final String PROTOCOL = "portforward.k8s.io";

  private final AtomicInteger open = new AtomicInteger();
  private final BlockingQueue<PortForwardRequest> starts = new LinkedBlockingQueue<>();
  private KubeletFixture kubelet;

  @BeforeEach
  void start() throws Exception {
    kubelet = new KubeletFixture();
    kubelet.cloud.forward =
        answers -> {
          open.incrementAndGet();
          answers.setOnCancelHandler(open::decrementAndGet);
          return new StreamObserver<>() {
            @Override
            public void onNext(PortForwardRequest request) {
              if (request.hasStart()) {
                starts.add(request);
              } else {
                answers.onNext(PortForwardResponse.newBuilder().setData(request.getData()).build());
              }
            }

            @Override
            public void onError(Throwable thrown) {}

            @Override
            public void onCompleted() {
              open.decrementAndGet();
              answers.onNext(
                  PortForwardResponse.newBuilder()
                      .setData(ByteString.copyFromUtf8(" bye"))
                      .build());
              answers.onCompleted();
            }
          };
        };
  }

  @AfterEach
  void stop() throws Exception {
    kubelet.close();
  }

  @Test
  void pair_dataAndItsEnd_goThroughAndBack() throws Exception {
    try (var caller = kubelet.spdy(PATH, PROTOCOL)) {
      assertThat(caller.answer()).isEqualTo("101 " + PROTOCOL);
      int error = caller.open("streamtype", "error", "port", "80", "requestid", "0");
      caller.end(error);
      int data = caller.open("streamtype", "data", "port", "80", "requestid", "0");
      caller.send(data, "hello");
      caller.awaitText(data, "hello");
      caller.end(data);

      caller.awaitEnded(data);
      caller.awaitEnded(error);
      assertThat(caller.text(data)).isEqualTo("hello bye");
      assertThat(caller.text(error)).isEmpty();
      var start = starts.take().getStart();
      assertThat(start.getUid()).isEqualTo("uid-web");
      assertThat(start.getPort()).isEqualTo(80);
      assertThat(open).hasValue(0);
    }
  }

  @Test
  void pairs_many_areApart() throws Exception {
    try (var caller = kubelet.spdy(PATH, PROTOCOL)) {
      caller.answer();
      List<Integer> streams = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        caller.open("streamtype", "error", "port", "80", "requestid", "" + i);
        int data = caller.open("streamtype", "data", "port", "80", "requestid", "" + i);
        caller.send(data, "pair " + i);
        streams.add(data);
      }
      for (int i = 0; i < 200; i++) {
        caller.awaitText(streams.get(i), "pair " + i);
      }
      assertThat(open).hasValue(200);
      streams.forEach(caller::end);
      streams.forEach(caller::awaitEnded);
    }
  }

  @Test
  void pair_refusedByTheInstance_saysWhyOnItsErrorStreamAlone() throws Exception {
    var echo = kubelet.cloud.forward;
    var calls = new AtomicInteger();
    kubelet.cloud.forward =
        answers -> {
          if (calls.getAndIncrement() > 0) {
            return echo.open(answers);
          }
          answers.onError(
              Status.FAILED_PRECONDITION.withDescription("connection refused").asException());
          return new StreamObserver<>() {
            @Override
            public void onNext(PortForwardRequest request) {}

            @Override
            public void onError(Throwable thrown) {}

            @Override
            public void onCompleted() {}
          };
        };
    try (var caller = kubelet.spdy(PATH, PROTOCOL)) {
      caller.answer();
      int error = caller.open("streamtype", "error", "port", "81", "requestid", "0");
      int data = caller.open("streamtype", "data", "port", "81", "requestid", "0");
      caller.awaitEnded(error);
      caller.awaitEnded(data);

      assertThat(caller.text(error))
          .isEqualTo("error forwarding port 81 to pod web, uid uid-web: connection refused");
      caller.open("streamtype", "error", "port", "80", "requestid", "1");
      int other = caller.open("streamtype", "data", "port", "80", "requestid", "1");
      caller.send(other, "still here");
      caller.awaitText(other, "still here");
    }
  }

  @Test
  void pair_withoutRequestId_isFoundByItsStreams() throws Exception {
    try (var caller = kubelet.spdy(PATH)) {
      assertThat(caller.answer()).isEqualTo("101 null");
      caller.open("streamtype", "error", "port", "80");
      int data = caller.open("streamtype", "data", "port", "80");
      caller.send(data, "old");
      caller.awaitText(data, "old");
    }
  }

  @Test
  void pair_isReset_cancelsItsCall() throws Exception {
    try (var caller = kubelet.spdy(PATH, PROTOCOL)) {
      caller.answer();
      caller.open("streamtype", "error", "port", "80", "requestid", "0");
      int data = caller.open("streamtype", "data", "port", "80", "requestid", "0");
      starts.take();
      caller.reset(data);

      await().until(() -> open.get() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "error"})
  void halfAPair_isReset_itsIdIsFreeAgain(String half) throws Exception {
    try (var caller = kubelet.spdy(PATH, PROTOCOL)) {
      caller.answer();
      caller.reset(caller.open("streamtype", half, "port", "80", "requestid", "0"));

      caller.open("streamtype", "error", "port", "80", "requestid", "0");
      int data = caller.open("streamtype", "data", "port", "80", "requestid", "0");
      caller.send(data, "hello");
      caller.awaitText(data, "hello");
    }
  }

  @Test
  void pair_dataBeforeItsErrorStream_waitsForIt() throws Exception {
    try (var caller = kubelet.spdy(PATH, PROTOCOL)) {
      caller.answer();
      int data = caller.open("streamtype", "data", "port", "80", "requestid", "0");
      caller.send(data, "early");
      caller.end(data);
      caller.ping(1);
      caller.awaitPong(1);
      caller.open("streamtype", "error", "port", "80", "requestid", "0");

      caller.awaitText(data, "early bye");
    }
  }

  @Test
  void callerGoes_endsAllItsCalls() throws Exception {
    try (var caller = kubelet.spdy(PATH, PROTOCOL)) {
      caller.answer();
      for (int i = 0; i < 3; i++) {
        caller.open("streamtype", "error", "port", "80", "requestid", "" + i);
        caller.open("streamtype", "data", "port", "80", "requestid", "" + i);
        assertThat(starts.poll(10, TimeUnit.SECONDS)).isNotNull();
      }
    }

    await().until(() -> open.get() == 0);
  }

  @Test
  void stream_withoutAPort_isReset() throws Exception {
    try (var caller = kubelet.spdy(PATH, PROTOCOL)) {
      caller.answer();
      caller.awaitReset(caller.open("streamtype", "data", "port", "http", "requestid", "0"));
      caller.awaitReset(caller.open("streamtype", "data", "requestid", "1"));
      caller.awaitReset(caller.open("streamtype", "stdin", "port", "80", "requestid", "2"));
    }
  }

  @Test
  void stream_whosePairNeverComes_isReset() throws Exception {
    try (var impatient = withSetup(Duration.ofMillis(50));
        var caller = impatient.spdy(PATH, PROTOCOL)) {
      caller.answer();
      caller.awaitReset(caller.open("streamtype", "data", "port", "80", "requestid", "0"));
    }
  }

  private static KubeletFixture withSetup(Duration setup) throws Exception {
    var limits = StreamLimits.DEFAULT;
    return new KubeletFixture(
        KubeletFixture.ALL,
        ConnectionLimits.DEFAULT,
        new StreamLimits(
            setup,
            limits.stall(),
            limits.linger(),
            limits.streams(),
            limits.headerBytes(),
            limits.frameBytes()));
  }
}
