package io.viking.syncer.kubelet;

import static io.viking.syncer.testing.Prompt.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.StreamObserver;
import io.viking.cloud.v1.ExecRequest;
import io.viking.cloud.v1.ExecResponse;
import io.viking.cloud.v1.ReadLogsResponse;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two hundred streams at once: all bytes arrive, and no platform thread is theirs. */
class ManyStreamsTest {
  private static final int STREAMS = 200;
  private static final int LINES = 50;

  /** Two event loops, and what the JVM and gRPC have once. */
  private static final int FEW_THREADS = 12;

  private KubeletFixture kubelet;

  @BeforeEach
  void start() throws Exception {
    kubelet = new KubeletFixture();
  }

  @AfterEach
  void stop() throws Exception {
    kubelet.close();
  }

  /** Virtual threads are not among them; the callers' own are left out. */
  private static long platformThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getName().startsWith("HttpClient-"))
        .filter(thread -> !thread.getName().startsWith("ForkJoinPool"))
        .count();
  }

  @Test
  void followersOfLogs_all_getEveryLine() throws Exception {
    BlockingQueue<StreamObserver<ReadLogsResponse>> logs = new LinkedBlockingQueue<>();
    kubelet.cloud.logs = (request, observer) -> logs.add(observer);
    long before = platformThreads();
    List<CompletableFuture<HttpResponse<InputStream>>> answers = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      answers.add(
          kubelet.apiServer.sendAsync(
              kubelet.request("/containerLogs/shop/web/app?follow=true"),
              BodyHandlers.ofInputStream()));
    }
    await().atMost(60, TimeUnit.SECONDS).until(() -> logs.size() == STREAMS);
    long during = platformThreads();
    StringBuilder all = new StringBuilder();
    for (int line = 0; line < LINES; line++) {
      String text = "line " + line + "\n";
      all.append(text);
      logs.forEach(log -> log.onNext(FakeInstances.logPiece(text)));
    }
    logs.forEach(StreamObserver::onCompleted);

    for (var answer : answers) {
      byte[] body = answer.get(60, TimeUnit.SECONDS).body().readAllBytes();
      assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo(all.toString());
    }
    assertThat(during - before).isLessThan(FEW_THREADS);
  }

  @Test
  void execs_all_echoTheirOwnInput() throws Exception {
    kubelet.cloud.exec =
        answers ->
            new StreamObserver<>() {
              @Override
              public void onNext(ExecRequest request) {
                if (!request.getStdin().isEmpty()) {
                  answers.onNext(ExecResponse.newBuilder().setStdout(request.getStdin()).build());
                }
              }

              @Override
              public void onError(Throwable thrown) {}

              @Override
              public void onCompleted() {}
            };
    long before = platformThreads();
    List<WebSocketClient> callers = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      callers.add(
          WebSocketClient.connect(
              kubelet, "/exec/shop/web/app?command=cat&input=1&output=1", "v4.channel.k8s.io"));
      callers.get(i).send(0, "caller " + i);
    }
    for (int i = 0; i < STREAMS; i++) {
      callers.get(i).awaitText(1, "caller " + i);
    }
    assertThat(platformThreads() - before).isLessThan(FEW_THREADS);
    callers.forEach(WebSocketClient::abort);
  }
}
