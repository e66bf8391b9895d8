package io.viking.syncer.kubelet.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceMetricsTest {
  private static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void write_onePod_isTheKubeletsText() {
    var pod =
        new PodSample(
            "shop",
            "web",
            "uid-1",
            T0,
            List.of(
                new ContainerSample("app", T0.minusMillis(1500), 1_250_000_000, 0, 4096),
                new ContainerSample("side", T0.minusSeconds(2), 2_000_000_001, 0, 8192)));

    String text =
        ResourceMetrics.write(
            new NodeSample("zone-a", T0, T0.minusSeconds(60), 9_000_000_000L, List.of(pod), true));

    assertThat(text)
        .isEqualTo(
            """
            # HELP container_cpu_usage_seconds_total [STABLE] Cumulative cpu time consumed by the container in core-seconds
            # TYPE container_cpu_usage_seconds_total counter
            container_cpu_usage_seconds_total{container="app",namespace="shop",pod="web"} 1.25 1795255200000
            container_cpu_usage_seconds_total{container="side",namespace="shop",pod="web"} 2.000000001 1795255200000
            # HELP container_memory_working_set_bytes [STABLE] Current working set of the container in bytes
            # TYPE container_memory_working_set_bytes gauge
            container_memory_working_set_bytes{container="app",namespace="shop",pod="web"} 4096 1795255200000
            container_memory_working_set_bytes{container="side",namespace="shop",pod="web"} 8192 1795255200000
            # HELP container_start_time_seconds [STABLE] Start time of the container since unix epoch in seconds
            # TYPE container_start_time_seconds gauge
            container_start_time_seconds{container="app",namespace="shop",pod="web"} 1795255198.5
            container_start_time_seconds{container="side",namespace="shop",pod="web"} 1795255198
            # HELP node_cpu_usage_seconds_total [STABLE] Cumulative cpu time consumed by the node in core-seconds
            # TYPE node_cpu_usage_seconds_total counter
            node_cpu_usage_seconds_total 9 1795255200000
            # HELP node_memory_working_set_bytes [STABLE] Current working set of the node in bytes
            # TYPE node_memory_working_set_bytes gauge
            node_memory_working_set_bytes 12288 1795255200000
            # HELP pod_cpu_usage_seconds_total [STABLE] Cumulative cpu time consumed by the pod in core-seconds
            # TYPE pod_cpu_usage_seconds_total counter
            pod_cpu_usage_seconds_total{namespace="shop",pod="web"} 3.250000001 1795255200000
            # HELP pod_memory_working_set_bytes [STABLE] Current working set of the pod in bytes
            # TYPE pod_memory_working_set_bytes gauge
            pod_memory_working_set_bytes{namespace="shop",pod="web"} 12288 1795255200000
            # HELP resource_scrape_error [STABLE] 1 if there was an error while getting container metrics, 0 otherwise
            # TYPE resource_scrape_error gauge
            resource_scrape_error 0
            # HELP scrape_error [STABLE] 1 if there was an error while getting container metrics, 0 otherwise
            # TYPE scrape_error gauge
            scrape_error 0
            """);
  }

  @Test
  void write_emptyZone_isNotDroppedByMetricsServer() {
    String text = ResourceMetrics.write(new NodeSample("zone-a", T0, T0, 0, List.of(), false));

    assertThat(text)
        .contains("node_cpu_usage_seconds_total 0.000000001 ")
        .contains("node_memory_working_set_bytes 1 ")
        .contains("\nresource_scrape_error 1\n");
  }
}
