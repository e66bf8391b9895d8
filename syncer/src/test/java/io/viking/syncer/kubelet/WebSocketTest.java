package io.viking.syncer.kubelet;

import static io.viking.syncer.testing.Prompt.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.viking.cloud.v1.ExecExit;
import io.viking.cloud.v1.ExecRequest;
import io.viking.cloud.v1.ExecResponse;
import io.viking.cloud.v1.PortForwardRequest;
import io.viking.cloud.v1.PortForwardResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exec and port-forward for callers that speak WebSocket themselves. */
class WebSocketTest {
  private static final String V4 = "v4.channel.k8s.io";
  private static final String V5 = "v5.channel.k8s.io";
  private static final String CAT = "/exec/shop/web/app?command=cat&input=1&output=1&error=1";

  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
  private KubeletFixture kubelet;

  /** Echoes its input, says the size of its terminal on stderr, exits with 5. */
  @BeforeEach
  void start() throws Exception {
    kubelet = new KubeletFixture();
    kubelet.cloud.exec =
        answers -> {
          answers.setOnCancelHandler(() -> ends.add("cancelled"));
          return new StreamObserver<>() {
            @Override
            public void onNext(ExecRequest request) {
              var answer = ExecResponse.newBuilder();
              switch (request.getMessageCase()) {
                case STDIN -> answers.onNext(answer.setStdout(request.getStdin()).build());
                case RESIZE ->
                    answers.onNext(
                        answer
                            .setStdout(
                                ByteString.copyFromUtf8("width " + request.getResize().getWidth()))
                            .build());
                case STDIN_EOF -> {
                  answers.onNext(answer.setExit(ExecExit.newBuilder().setExitCode(5)).build());
                  answers.onCompleted();
                }
                default -> {}
              }
            }

            @Override
            public void onError(Throwable thrown) {}

            @Override
            public void onCompleted() {}
          };
        };
  }

  @AfterEach
  void stop() throws Exception {
    kubelet.close();
  }

  @Test
  void exec_v4_beginsWithAnEmptyMessageAndCarriesBytes() throws Exception {
    var caller = WebSocketClient.connect(kubelet, CAT, V4);
    assertThat(caller.protocol()).isEqualTo(V4);
    await().until(() -> caller.messages() == 1);
    assertThat(caller.bytes(1)).isEmpty();

    caller.send(0, "hello ");
    caller.sendInTwo(0, "wor", "ld");

    caller.awaitText(1, "hello world");
    caller.abort();
    assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("cancelled");
  }

  @Test
  void exec_v5_closedStdin_endsWithStatusAndClose() throws Exception {
    var caller = WebSocketClient.connect(kubelet, CAT, V5, V4);
    assertThat(caller.protocol()).isEqualTo(V5);
    caller.send(0, "x");
    caller.send(255, new byte[] {0});

    await().until(caller::isClosed);
    assertThat(caller.closeStatus()).isEqualTo(1000);
    assertThat(caller.text(1)).isEqualTo("x");
    assertThat(caller.text(3)).contains("\"reason\":\"ExitCode\",\"message\":\"5\"");
  }

  @Test
  void exec_tty_takesSizes() throws Exception {
    var caller = WebSocketClient.connect(kubelet, CAT + "&tty=1", V4);
    caller.send(4, "{\"Width\":132,\"Height\":50}");

    caller.awaitText(1, "width 132");
    caller.abort();
  }

  @Test
  void exec_otherProtocol_isRefused() {
    assertThat(statusOf(CAT, "base64.channel.k8s.io")).isEqualTo(403);
  }

  @Test
  void exec_withoutUpgrade_saysWhatItNeeds() throws Exception {
    var response = kubelet.get(CAT);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("SPDY/3.1 or to a WebSocket");
  }

  @Test
  void forward_twoPorts_haveChannelsOfTheirOwn() throws Exception {
    kubelet.cloud.forward =
        answers ->
            new StreamObserver<>() {
              private int port;

              @Override
              public void onNext(PortForwardRequest request) {
                if (request.hasStart()) {
                  port = request.getStart().getPort();
                } else {
                  answers.onNext(
                      PortForwardResponse.newBuilder()
                          .setData(
                              ByteString.copyFromUtf8(
                                  port + " " + request.getData().toStringUtf8()))
                          .build());
                }
              }

              @Override
              public void onError(Throwable thrown) {}

              @Override
              public void onCompleted() {}
            };
    var caller = WebSocketClient.connect(kubelet, "/portForward/shop/web?port=80&port=258", V4);
    caller.awaitBytes(0, new byte[] {80, 0});
    caller.awaitBytes(1, new byte[] {80, 0});
    caller.awaitBytes(2, new byte[] {2, 1});
    caller.awaitBytes(3, new byte[] {2, 1});
    caller.send(2, "b");
    caller.send(0, "a");

    caller.awaitText(0, "P\0" + "80 a");
    caller.awaitText(2, "\2\1" + "258 b");
    caller.abort();
  }

  @Test
  void forward_withoutPorts_isRefused() {
    assertThat(statusOf("/portForward/shop/web", V4)).isEqualTo(400);
  }

  private int statusOf(String path, String protocol) {
    var refused =
        catchThrowableOfType(
            ExecutionException.class, () -> WebSocketClient.connect(kubelet, path, protocol));
    assertThat(refused.getCause()).isInstanceOf(WebSocketHandshakeException.class);
    return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
  }
}
