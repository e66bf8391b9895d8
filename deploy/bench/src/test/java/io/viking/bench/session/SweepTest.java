package io.viking.bench.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.bench.apiserver.RawCalls;
import io.viking.controlplane.Progress;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More pods than an API server deletes in one call. */
class SweepTest {
  private static final String NAMESPACE = "viking-bench-t-storm";

  /** What the deletions of the collection of pods are answered with, and how many pods stay. */
  private record Deletion(int code, int left) {}

  private final Queue<Deletion> deletions = new ArrayDeque<>();
  private final List<String> deleted = Collections.synchronizedList(new ArrayList<>());
  private int pods = 30_000;
  private boolean namespaceIsThere = true;
  private HttpServer server;
  private KubeClients clients;
  private RawCalls raw;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    Path kubeconfig =
        Files.writeString(
            directory.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
            users: [{name: u, user: {token: t}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            current-context: x
            """
                .formatted(server.getAddress().getPort()));
    clients = KubeClients.of(kubeconfig, KubeClientConfig.DEFAULT, new SimpleMeterRegistry());
    raw = new RawCalls(clients.apiClient());
  }

  @AfterEach
  void stop() {
    raw.close();
    clients.close();
    server.stop(0);
  }

  @Test
  void deletionThatRunsOutOfTime_isAskedForAgain_untilAllPodsAreGone() throws Exception {
    deletions.add(new Deletion(504, 20_000));
    deletions.add(new Deletion(504, 10_000));
    deletions.add(new Deletion(200, 0));

    List<String> removed = new Sweep(clients, raw, Progress.silent()).all(Duration.ofSeconds(30));

    assertThat(removed).containsExactly("namespace " + NAMESPACE);
    assertThat(deletions).isEmpty();
    assertThat(deleted).endsWith("/api/v1/namespaces/" + NAMESPACE);
  }

  @Test
  void deletionThatFailsForEver_isGivenUp_andSaysWhy() {
    for (int i = 0; i < 7; i++) {
      deletions.add(new Deletion(500, 30_000));
    }

    assertThatThrownBy(() -> new Sweep(clients, raw, Progress.silent()).all(Duration.ofSeconds(30)))
        .isInstanceOf(KubeApiException.class)
        .hasMessageContaining("500");
    assertThat(deletions).isEmpty();
  }

  @Test
  void deletionThatIsRefused_isNotAskedForAgain() {
    deletions.add(new Deletion(403, 30_000));

    assertThatThrownBy(() -> new Sweep(clients, raw, Progress.silent()).all(Duration.ofSeconds(30)))
        .isInstanceOf(KubeApiException.class)
        .hasMessageContaining("403");
    assertThat(deleted).doesNotContain("/api/v1/namespaces/" + NAMESPACE);
  }

  private synchronized void answer(HttpExchange call) throws IOException {
    String path = call.getRequestURI().getPath();
    boolean delete = call.getRequestMethod().equals("DELETE");
    if (delete) {
      deleted.add(path);
    }
    if (path.endsWith("/pods") && delete) {
      Deletion deletion = deletions.remove();
      pods = deletion.left();
      send(call, deletion.code(), "{}");
    } else if (path.endsWith("/pods")) {
      String items = pods == 0 ? "[]" : "[{}]";
      send(
          call,
          200,
          "{\"metadata\":{\"remainingItemCount\":%d},\"items\":%s}"
              .formatted(Math.max(0, pods - 1), items));
    } else if (path.equals("/api/v1/namespaces")) {
      send(
          call,
          200,
          "{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[{\"metadata\":{\"name\":\"%s\"}}]}"
              .formatted(NAMESPACE));
    } else if (path.equals("/api/v1/namespaces/" + NAMESPACE)) {
      send(call, namespaceIsThere ? 200 : 404, "{}");
      namespaceIsThere &= !delete;
    } else {
      send(call, 200, "{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}");
    }
  }

  private static void send(HttpExchange call, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    call.getRequestBody().readAllBytes();
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.sendResponseHeaders(code, bytes.length);
    try (var out = call.getResponseBody()) {
      out.write(bytes);
    }
  }
}
