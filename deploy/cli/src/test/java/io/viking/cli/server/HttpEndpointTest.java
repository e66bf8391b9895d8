package io.viking.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
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
        HttpEndpoint.start(0, "secret", () -> "viking_pods 3\n", this::report, this::collect);
  }

  @AfterEach
  void stop() {
    endpoint.close();
    client.close();
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
  void otherPaths_areNotFound() throws Exception {
    assertThat(get("/status/more").statusCode()).isEqualTo(404);
    assertThat(get("/").statusCode()).isEqualTo(404);
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
