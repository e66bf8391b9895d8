package io.viking.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cli.parts.Explained;
import io.viking.scheduler.decision.Review;
import io.viking.scheduler.loop.PodExplanation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpEndpointTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile String state = "ready";
  private volatile int collections;
  private HttpEndpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    endpoint =
        HttpEndpoint.start(
            0, "secret", () -> "viking_pods 3\n", this::report, this::collect, this::explain);
  }

  @AfterEach
  void stop() {
    endpoint.close();
    client.close();
  }

  @Test
  void onAllAddresses_saysWhereThisMachineFindsIt() throws Exception {
    try (var everywhere =
        HttpEndpoint.start(
            InetAddress.getByName("0.0.0.0"),
            0,
            "secret",
            () -> "",
            this::report,
            this::collect,
            this::explain)) {
      assertThat(everywhere.address()).startsWith("http://127.0.0.1:");
      assertThat(
              client
                  .send(
                      HttpRequest.newBuilder(URI.create(everywhere.address() + "/healthz")).build(),
                      HttpResponse.BodyHandlers.ofString())
                  .body())
          .isEqualTo("ok\n");
    }
  }

  @Test
  void healthz_whileItRuns_isOk() throws Exception {
    assertThat(get("/healthz").body()).isEqualTo("ok\n");
  }

  @Test
  void readyz_followsThePartsAndNamesThem() throws Exception {
    assertThat(get("/readyz").statusCode()).isEqualTo(200);

    state = "backing-off";

    HttpResponse<String> answer = get("/readyz");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("[-]etcd backing-off: see its log\nbacking-off\n");
  }

  @Test
  void metrics_areServedAsPrometheusReadsThem() throws Exception {
    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.body()).isEqualTo("viking_pods 3\n");
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void status_isTheReportAsJson() throws Exception {
    assertThat(get("/status").body()).contains("\"state\":\"ready\"", "\"name\":\"etcd\"");
  }

  @Test
  void orphans_areLetGo_onlyByAPostWithTheToken() throws Exception {
    assertThat(get(HttpEndpoint.ORPHANS).statusCode()).isEqualTo(405);
    assertThat(post("Bearer guess").statusCode()).isEqualTo(403);
    assertThat(collections).isZero();

    assertThat(post("Bearer secret").body()).isEqualTo("12\n");
    assertThat(collections).isEqualTo(1);
  }

  @Test
  void explanation_isAnsweredWithTheTokenOnly() throws Exception {
    assertThat(get("/explain?namespace=shop&pod=web-0").statusCode()).isEqualTo(403);

    assertThat(ask("shop", "web 0")).contains(new Explained.Pod(explanation("shop", "web 0")));
  }

  @Test
  void explanation_ofAPodThatIsNotThere_isNone() {
    assertThat(ask("shop", "nobody")).contains(new Explained.NoSuchPod());
  }

  @Test
  void explanation_whileTheSchedulerHoldsStill_saysSo() {
    assertThat(ask("shop", "still")).contains(new Explained.NoAnswer("it holds still"));
  }

  @Test
  void otherPaths_areNotFound() throws Exception {
    assertThat(get("/status/more").statusCode()).isEqualTo(404);
    assertThat(get("/").statusCode()).isEqualTo(404);
  }

  private Explained explain(String namespace, String pod) {
    return switch (pod) {
      case "nobody" -> new Explained.NoSuchPod();
      case "still" -> new Explained.NoAnswer("it holds still");
      default -> new Explained.Pod(explanation(namespace, pod));
    };
  }

  private static PodExplanation explanation(String namespace, String pod) {
    return new PodExplanation(
        namespace,
        pod,
        PodExplanation.State.WAITING,
        "",
        "0/1 zones are available: 1 cordoned.",
        "",
        List.of(new Review.Check("Flaws", "")),
        List.of(
            new PodExplanation.Zone(
                "h",
                List.of(new Review.Check("Taints", "cordoned")),
                List.of(new Review.Mark("Cheapest", 1, "0.0000 per hour")),
                1)));
  }

  private Optional<Explained> ask(String namespace, String pod) {
    return ExplainClient.ask(new ServerFile(1, endpoint.address(), "secret"), namespace, pod);
  }

  private int collect() {
    collections++;
    return 12;
  }

  private HttpResponse<String> post(String authorization) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(endpoint.address() + HttpEndpoint.ORPHANS))
            .header("Authorization", authorization)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private StatusReport report() {
    var etcd = new StatusReport.Part("etcd", "process", state, 1, 0, "", "", "see its log");
    return new StatusReport(
        state, 1, "", "", "", "", "", "", "", "instant", "", List.of(etcd), Map.of(), 0, 0, 0, 0);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(endpoint.address() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
