package io.viking.kube.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1TokenRequestSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.testing.TestingApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpKubeApiTest {
  private final TestingApiServer server = new TestingApiServer();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final KubeClients clients =
      KubeClients.plain(server.url(), KubeClientConfig.DEFAULT, metrics);
  private final KubeApi api = clients.api();

  @AfterEach
  void close() {
    clients.close();
    server.close();
  }

  @Test
  void get_there_isDecoded() {
    server.answerNext(200, Map.of(), "{\"metadata\":{\"name\":\"a\",\"uid\":\"1\"},\"new\":1}");
    assertThat(api.get(ResourceType.PODS, "ns", "a"))
        .hasValueSatisfying(pod -> assertThat(pod.getMetadata().getUid()).isEqualTo("1"));
    var seen = server.seen().getFirst();
    assertThat(seen.method() + " " + seen.path()).isEqualTo("GET /api/v1/namespaces/ns/pods/a");
    assertThat(seen.headers().get("User-agent")).startsWith("viking/").doesNotContain("$");
  }

  @Test
  void get_absent_isEmpty() {
    server.answerNext(404, Map.of(), status(404, "NotFound", "pods \"a\" not found"));
    assertThat(api.get(ResourceType.PODS, "ns", "a")).isEmpty();
  }

  @Test
  void list_readsEveryPage() {
    for (int i = 0; i < 1_001; i++) {
      server.put("ns", "p" + i, "u" + i);
    }
    assertThat(api.list(ResourceType.PODS, "", "spec.nodeName=z")).hasSize(1_001);
    assertThat(server.lists())
        .hasSize(3)
        .allMatch(list -> list.query().contains("fieldSelector=spec.nodeName=z"));
  }

  @Test
  void list_anUndecodableObject_failsRatherThanHideIt() {
    server.put("ns", "good", "1");
    var bad = TestingApiServer.pod("ns", "bad", "2");
    bad.addProperty("spec", 7);
    server.put(bad);
    var failure = failure(() -> api.list(ResourceType.PODS, "", ""));
    assertThat(failure).hasMessageContaining("Pod ns/bad cannot be read");
    assertThat(failure.code()).isEqualTo(KubeApiException.NO_ANSWER);
  }

  @Test
  void create_sendsNoEmptyCollectionsAndDecodesTheAnswer() {
    server.answerNext(201, Map.of(), "{\"metadata\":{\"uid\":\"7\"}}");
    var pod =
        api.create(
            ResourceType.PODS,
            "ns",
            new V1Pod().metadata(new V1ObjectMeta().name("a")).spec(new V1PodSpec()));
    assertThat(pod.getMetadata().getUid()).isEqualTo("7");
    var seen = server.seen().getFirst();
    assertThat(seen.method() + " " + seen.path()).isEqualTo("POST /api/v1/namespaces/ns/pods");
    assertThat(seen.body()).isEqualTo("{\"metadata\":{\"name\":\"a\"},\"spec\":{}}");
  }

  @Test
  void patch_namesItsFormatAndAsksForABriefAnswer() {
    String patch = "{\"metadata\":{\"uid\":\"1\"},\"status\":{\"phase\":\"Running\"}}";
    api.patch(ResourceType.PODS, "ns", "a", "status", PatchFormat.STRATEGIC_MERGE, patch);
    var seen = server.seen().getFirst();
    assertThat(seen.method() + " " + seen.path())
        .isEqualTo("PATCH /api/v1/namespaces/ns/pods/a/status");
    assertThat(seen.body()).isEqualTo(patch);
    assertThat(seen.headers().get("Content-type"))
        .isEqualTo("application/strategic-merge-patch+json");
    assertThat(seen.headers().get("Accept")).contains("as=PartialObjectMetadata");
  }

  @Test
  void patch_clusterScoped_hasNoNamespace() {
    api.patch(ResourceType.NODES, "", "zone-a", "", PatchFormat.MERGE, "{}");
    assertThat(server.seen().getFirst().path()).isEqualTo("/api/v1/nodes/zone-a");
  }

  @Test
  void patch_apply_namesWhoOwnsTheFieldsAndTakesThem() {
    api.patch(ResourceType.NODES, "", "zone-a", "", PatchFormat.APPLY, "kind: Node");
    var seen = server.seen().getFirst();
    assertThat(seen.path()).isEqualTo("/api/v1/nodes/zone-a");
    assertThat(seen.query()).contains("fieldManager=viking", "force=true");
    assertThat(seen.headers().get("Content-type")).isEqualTo("application/apply-patch+yaml");
  }

  @Test
  void replace_putsTheObjectWhereItIs() {
    var lease =
        new V1Lease()
            .metadata(new V1ObjectMeta().namespace("kube-node-lease").name("zone-a"))
            .spec(new V1LeaseSpec().leaseDurationSeconds(40));
    server.answerNext(200, Map.of(), "{\"metadata\":{\"resourceVersion\":\"5\"}}");
    assertThat(api.replace(ResourceType.LEASES, lease).getMetadata().getResourceVersion())
        .isEqualTo("5");
    var seen = server.seen().getFirst();
    assertThat(seen.method() + " " + seen.path())
        .isEqualTo("PUT /apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/zone-a");
  }

  @Test
  void delete_hasTheUidAsPrecondition() {
    api.delete(ResourceType.PODS, "ns", "a", "uid-1", 0);
    assertThat(JsonParser.parseString(server.seen().getFirst().body()))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"apiVersion": "v1", "kind": "DeleteOptions", "gracePeriodSeconds": 0,
                 "preconditions": {"uid": "uid-1"}}
                """));
  }

  @Test
  void delete_withItsOwnGrace_namesNone() {
    api.delete(ResourceType.PODS, "ns", "a", "uid-1", KubeApi.OWN_GRACE);
    assertThat(server.seen().getFirst().body()).contains("uid-1").doesNotContain("grace");
  }

  @Test
  void bind_carriesUidNodeLabelsAndAnnotations() {
    server.answerNext(201, Map.of(), "{\"kind\":\"Status\",\"status\":\"Success\"}");
    api.bind(
        "ns",
        "a",
        "uid-1",
        "zone-a",
        Map.of("cost", "low"),
        Map.of("viking.io/zones", "zone-a,zone-b"));
    var seen = server.seen().getFirst();
    assertThat(seen.path()).isEqualTo("/api/v1/namespaces/ns/pods/a/binding");
    assertThat(JsonParser.parseString(seen.body()))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"apiVersion": "v1", "kind": "Binding",
                 "metadata": {"namespace": "ns", "name": "a", "uid": "uid-1",
                   "labels": {"cost": "low"},
                   "annotations": {"viking.io/zones": "zone-a,zone-b"}},
                 "target": {"apiVersion": "v1", "kind": "Node", "name": "zone-a"}}
                """));
  }

  @Test
  void evict_asksForExactlyThatPod() {
    server.answerNext(201, Map.of(), "{\"kind\":\"Status\",\"status\":\"Success\"}");
    api.evict("ns", "a", "uid-1");
    var seen = server.seen().getFirst();
    assertThat(seen.path()).isEqualTo("/api/v1/namespaces/ns/pods/a/eviction");
    assertThat(JsonParser.parseString(seen.body()))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"apiVersion": "policy/v1", "kind": "Eviction",
                 "metadata": {"namespace": "ns", "name": "a"},
                 "deleteOptions": {"preconditions": {"uid": "uid-1"}}}
                """));
  }

  @Test
  void createToken_asksTheServiceAccount() {
    server.answerNext(201, Map.of(), "{\"status\":{\"token\":\"t\"}}");
    var request =
        new AuthenticationV1TokenRequest().spec(new V1TokenRequestSpec().expirationSeconds(3_607L));
    assertThat(api.createToken("ns", "default", request).getStatus().getToken()).isEqualTo("t");
    assertThat(server.seen().getFirst().path())
        .isEqualTo("/api/v1/namespaces/ns/serviceaccounts/default/token");
    assertThat(server.seen().getFirst().body())
        .isEqualTo("{\"spec\":{\"expirationSeconds\":3607}}");
  }

  @Test
  void call_refused_saysCodeReasonAndMessage() {
    server.answerNext(409, Map.of(), status(409, "Conflict", "pod a is already bound"));
    var failure = failure(() -> api.bind("ns", "a", "u", "z", Map.of(), Map.of()));
    assertThat(failure.code()).isEqualTo(409);
    assertThat(failure.reason()).isEqualTo("Conflict");
    assertThat(failure).hasMessage("pod a is already bound");
    assertThat(failure.isConflict()).isTrue();
    assertThat(failure.isRetriable()).isFalse();
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void call_throttled_carriesRetryAfterAndIsNotRepeated() {
    server.answerNext(429, Map.of("Retry-After", "3"), "too many requests");
    var failure =
        failure(() -> api.patch(ResourceType.PODS, "ns", "a", "status", PatchFormat.MERGE, "{}"));
    assertThat(failure.code()).isEqualTo(429);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
    assertThat(failure)
        .hasMessage("PATCH /api/v1/namespaces/ns/pods/a/status: 429 too many requests");
    assertThat(failure.isRetriable()).isTrue();
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void call_throttledInTheStatusAlone_carriesRetryAfter() {
    server.answerNext(
        429, Map.of(), "{\"code\":429,\"message\":\"wait\",\"details\":{\"retryAfterSeconds\":2}}");
    assertThat(failure(() -> api.get(ResourceType.PODS, "ns", "a")).retryAfter())
        .contains(Duration.ofSeconds(2));
  }

  @Test
  void call_unreadableAnswer_isAFailureWithoutCode() {
    server.answerNext(200, Map.of(), "{\"metadata\":3}");
    var failure = failure(() -> api.get(ResourceType.PODS, "ns", "a"));
    assertThat(failure.code()).isEqualTo(KubeApiException.NO_ANSWER);
    assertThat(failure).hasMessageContaining("cannot be read");
  }

  @Test
  void call_nobodyListens_isAFailureWithoutCode() {
    server.close();
    var failure = failure(() -> api.get(ResourceType.PODS, "ns", "a"));
    assertThat(failure.code()).isEqualTo(KubeApiException.NO_ANSWER);
    assertThat(failure.isRetriable()).isTrue();
    assertThat(failure).hasMessageStartingWith("GET /api/v1/namespaces/ns/pods/a: no answer");
  }

  @Test
  void call_noAnswerWithinTheDeadline_fails() throws IOException {
    var config =
        new KubeClientConfig(
            Duration.ofMillis(200), Duration.ofSeconds(5), 1, Duration.ofSeconds(30));
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var deaf =
            KubeClients.plain("http://127.0.0.1:" + silent.getLocalPort(), config, metrics)) {
      var failure = failure(() -> deaf.api().get(ResourceType.PODS, "ns", "a"));
      assertThat(failure.code()).isEqualTo(KubeApiException.NO_ANSWER);
    }
  }

  @Test
  void call_interrupted_endsAtOnce() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var deaf =
            KubeClients.plain(
                "http://127.0.0.1:" + silent.getLocalPort(), KubeClientConfig.DEFAULT, metrics)) {
      var failure = new CompletableFuture<KubeApiException>();
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () ->
                      failure.complete(failure(() -> deaf.api().get(ResourceType.PODS, "", "a"))));
      try (var accepted = silent.accept()) {
        assertThat(accepted.getInputStream().read()).isEqualTo('G');
        thread.interrupt();
        await().until(failure::isDone);
        assertThat(failure.get().code()).isEqualTo(KubeApiException.NO_ANSWER);
      }
    }
  }

  @Test
  void write_isDoneWithTheHeadersOfItsAnswer_andTheConnectionServesTheNext() throws Exception {
    var config =
        new KubeClientConfig(
            Duration.ofSeconds(15), Duration.ofSeconds(5), 1, Duration.ofSeconds(30));
    try (var slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var writer =
            KubeClients.plain("http://127.0.0.1:" + slow.getLocalPort(), config, metrics)) {
      CompletableFuture<Void> first = evicting(writer);
      try (var accepted = slow.accept()) {
        readRequest(accepted);
        answer(accepted, "Content-Length: 2\r\n\r\n");
        first.get(10, TimeUnit.SECONDS);

        answerOn(accepted, "{}");
        var pool = writer.apiClient().getHttpClient().connectionPool();
        await().until(() -> pool.idleConnectionCount() == 1);
        CompletableFuture<Void> second = evicting(writer);
        readRequest(accepted);
        answer(accepted, "Content-Length: 0\r\n\r\n");
        second.get(10, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void write_whoseAnswerBreaksOffInItsBody_hasSucceeded() throws Exception {
    try (var broken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var writer =
            KubeClients.plain(
                "http://127.0.0.1:" + broken.getLocalPort(), KubeClientConfig.DEFAULT, metrics)) {
      CompletableFuture<Void> evicted = evicting(writer);
      try (var accepted = broken.accept()) {
        readRequest(accepted);
        answer(accepted, "Content-Length: 100\r\n\r\n{");
      }
      evicted.get(10, TimeUnit.SECONDS);
    }
  }

  private static CompletableFuture<Void> evicting(KubeClients writer) {
    return CompletableFuture.runAsync(
        () -> writer.api().evict("ns", "a", "u"), Thread::startVirtualThread);
  }

  /** To the end of its body, which is an object without others after its options. */
  private static void readRequest(Socket connection) throws IOException {
    var seen = new StringBuilder();
    while (!seen.toString().endsWith("}}}")) {
      int next = connection.getInputStream().read();
      assertThat(next).as("after " + seen).isNotNegative();
      seen.append((char) next);
    }
  }

  private static void answer(Socket connection, String rest) throws IOException {
    answerOn(connection, "HTTP/1.1 201 Created\r\n" + rest);
  }

  private static void answerOn(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    connection.getOutputStream().flush();
  }

  @Test
  void calls_areCountedByVerbResourceAndCode() {
    server.answerNext(409, Map.of(), "{}");
    failure(() -> api.bind("ns", "a", "u", "z", Map.of(), Map.of()));
    assertThat(
            metrics
                .get("viking_kube_requests_total")
                .tags("verb", "CREATE", "resource", "pods/binding", "code", "409")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(
            metrics
                .get("viking_kube_request_duration_seconds")
                .tags("verb", "CREATE", "resource", "pods/binding")
                .timer()
                .count())
        .isEqualTo(1);
  }

  private static KubeApiException failure(ThrowingCallable call) {
    return catchThrowableOfType(KubeApiException.class, call);
  }

  private static String status(int code, String reason, String message) {
    return "{\"kind\":\"Status\",\"code\":%d,\"reason\":\"%s\",\"message\":\"%s\"}"
        .formatted(code, reason, message.replace("\"", "\\\""));
  }
}
