package io.viking.bench.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTextTest {
  @Test
  void requests_areCountedByVerbAndResource_whateverTheirCodeAndScope() {
    ServerMetrics metrics =
        read(
            """
            # HELP apiserver_request_total Counter of apiserver requests.
            # TYPE apiserver_request_total counter
            apiserver_request_total{code="201",component="apiserver",dry_run="",group="",resource="pods",scope="resource",subresource="binding",verb="POST",version="v1"} 500
            apiserver_request_total{code="409",component="apiserver",dry_run="",group="",resource="pods",scope="resource",subresource="binding",verb="POST",version="v1"} 3
            apiserver_request_total{code="200",component="apiserver",dry_run="",group="",resource="pods",scope="namespace",subresource="",verb="LIST",version="v1"} 1.5e+01
            """);

    assertThat(metrics.calls().calls())
        .containsOnly(entry("POST", "pods/binding", 503), entry("LIST", "pods", 15));
    assertThat(metrics.calls().refused()).isEqualTo(3);
  }

  @Test
  void whatIsNoCallOfAClient_isPassedOver() {
    ServerMetrics metrics =
        read(
            """
            apiserver_request_total{code="200",resource="",subresource="/readyz",verb="GET"} 9
            apiserver_request_total{code="0",resource="pods",subresource="",verb="WATCH"} 4
            apiserver_request_total_but_another{resource="pods",verb="GET"} 7
            apiserver_request_total{resource="pods",verb="GET"
            apiserver_request_total{resource="pods",verb="GET"} many
            """);

    assertThat(metrics.calls().calls()).isEmpty();
  }

  @Test
  void watches_areSummedOverTheirScopes() {
    ServerMetrics metrics =
        read(
            """
            apiserver_longrunning_requests{group="",resource="pods",scope="cluster",subresource="",verb="WATCH",version="v1"} 3
            apiserver_longrunning_requests{group="",resource="pods",scope="namespace",subresource="",verb="WATCH",version="v1"} 1
            apiserver_longrunning_requests{group="",resource="pods",scope="resource",subresource="log",verb="CONNECT",version="v1"} 8
            apiserver_longrunning_requests{group="",resource="nodes",scope="cluster",subresource="",verb="WATCH",version="v1"} 2
            """);

    assertThat(metrics.podWatches()).isEqualTo(4);
    assertThat(metrics.watches()).containsEntry("nodes", 2);
  }

  @Test
  void escapedValues_andTimeStamps_areRead() {
    ServerMetrics metrics =
        read(
            "apiserver_request_total{code=\"200\",resource=\"a\\\"b\\\\c}\",subresource=\"\",verb=\"GET\"} 2 1700000000\n");

    assertThat(metrics.calls().calls()).containsOnly(entry("GET", "a\"b\\c}", 2));
  }

  private static ServerMetrics read(String text) {
    var metrics = new MetricsText();
    text.lines().forEach(metrics::line);
    return metrics.result();
  }

  private static java.util.Map.Entry<ApiCall, Double> entry(
      String verb, String resource, double count) {
    return java.util.Map.entry(new ApiCall(verb, resource), count);
  }
}
