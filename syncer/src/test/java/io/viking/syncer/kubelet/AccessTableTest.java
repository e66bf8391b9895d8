package io.viking.syncer.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1SubjectAccessReview;
import io.kubernetes.client.openapi.models.V1SubjectAccessReviewStatus;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Strangers learn nothing, whatever they ask for and however: every path, every method. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTableTest {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final List<String> PATHS =
      List.of(
          "/",
          "/healthz",
          "/healthz/ping",
          "/pods",
          "/runningpods/",
          "/configz",
          "/containerLogs/shop/web/app",
          "/containerLogs/shop/none/app?tailLines=many",
          "/exec/shop/web/app?command=ls&output=1",
          "/exec/shop/web/uid-web/app?command=ls&output=1",
          "/exec/shop/none/app",
          "/attach/shop/web/app?output=1",
          "/portForward/shop/web?port=80",
          "/portForward/shop/none",
          "/run/shop/web/app",
          "/stats/summary",
          "/stats/summary/zone-a",
          "/metrics/resource",
          "/metrics/resource/zone-a",
          "/metrics/resource/zone-z",
          "/metrics",
          "/metrics/cadvisor",
          "/logs/",
          "/debug/pprof/",
          "/checkpoint/shop/web/app",
          "/nothing");

  private KubeletFixture kubelet;
  private HttpClient nobody;
  private HttpClient stranger;

  @BeforeAll
  void start() throws Exception {
    kubelet = new KubeletFixture();
    nobody = kubelet.client(Optional.empty());
    stranger = kubelet.client(Optional.of(kubelet.pki.issue("CN=stranger,O=guests")));
  }

  @AfterAll
  void stop() throws Exception {
    nobody.shutdownNow();
    stranger.shutdownNow();
    kubelet.close();
  }

  static Stream<Arguments> requests() {
    return METHODS.stream()
        .flatMap(method -> PATHS.stream().map(path -> Arguments.of(method, path)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("requests")
  void anything_byStrangers_isTurnedAway(String method, String path) throws Exception {
    assertThat(kubelet.send(nobody, method, path, "").statusCode()).isEqualTo(401);
    assertThat(kubelet.send(nobody, method, path, "Bearer wrong").statusCode()).isEqualTo(401);
    assertThat(kubelet.send(nobody, method, path, "Basic abc").statusCode()).isEqualTo(401);
    var refused = kubelet.send(stranger, method, path, "");
    assertThat(refused.statusCode()).isEqualTo(403);
    if (!method.equals("HEAD")) {
      assertThat(refused.body()).startsWith("Forbidden (user=stranger, verb=");
    }
    assertThat(kubelet.cloud.logRequests).isEmpty();
  }

  @Test
  void upgrade_byStranger_is403() throws Exception {
    try (var caller =
        SpdyClient.connect(
            kubelet.server.port(),
            kubelet.pki.client(Optional.of(kubelet.pki.issue("CN=stranger,O=guests"))),
            "/exec/shop/web/app?command=ls&output=1",
            "v4.channel.k8s.io")) {
      assertThat(caller.answer()).startsWith("403 Forbidden");
    }
  }

  @Test
  void exec_byGet_takesMoreThanARightToLook() throws Exception {
    try (var own = new KubeletFixture()) {
      own.api.answerCreates(
          object -> {
            if (object instanceof V1SubjectAccessReview review) {
              review.status(
                  new V1SubjectAccessReviewStatus()
                      .allowed("get".equals(review.getSpec().getResourceAttributes().getVerb())));
            }
            return object;
          });

      assertThat(own.get("/pods").statusCode()).isEqualTo(200);
      assertThat(own.get("/exec/shop/web/app?command=ls&output=1").body())
          .startsWith("Forbidden (user=apiserver, verb=create, ");
    }
  }

  @Test
  void nodeOfTheProxyHeader_isTheOneThatAccessIsCheckedAgainst() throws Exception {
    try (var own = new KubeletFixture()) {
      own.pods.put(KubeletFixture.pod("other", "zone-b"));
      own.api.answerCreates(
          object -> {
            if (object instanceof V1SubjectAccessReview review) {
              review.status(
                  new V1SubjectAccessReviewStatus()
                      .allowed(
                          "zone-a".equals(review.getSpec().getResourceAttributes().getName())));
            }
            return object;
          });

      assertThat(pods(own, "")).isEqualTo("403");
      assertThat(pods(own, "/api/v1/nodes/zone-b/proxy/pods")).isEqualTo("403");
      assertThat(pods(own, "/api/v1/nodes/zone-a/proxy/pods"))
          .contains("\"web\"")
          .doesNotContain("\"other\"");
      assertThat(pods(own, "/api/v1/nodes/https:zone-a:10250/proxy/pods")).contains("\"web\"");
    }
  }

  private static String pods(KubeletFixture kubelet, String forwardedUri) throws Exception {
    var response =
        kubelet.apiServer.send(
            HttpRequest.newBuilder(kubelet.uri("/pods"))
                .header("X-Forwarded-Uri", forwardedUri)
                .build(),
            BodyHandlers.ofString());
    return response.statusCode() == 200 ? response.body() : "" + response.statusCode();
  }
}
