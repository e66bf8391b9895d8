package io.viking.cli.bench.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.viking.bench.endpoints.EndpointReport;
import io.viking.bench.endpoints.ServiceKind;
import io.viking.bench.measure.Percentiles;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointTextTest {
  private static final EndpointReport REPORT =
      new EndpointReport(
          List.of(
              new EndpointReport.Row(
                  1_000,
                  100,
                  ServiceKind.LOAD_BALANCER,
                  60,
                  0.5,
                  412.4,
                  new Percentiles(
                      Duration.ofMillis(120),
                      Duration.ofMillis(130),
                      Duration.ofMillis(250),
                      Duration.ofMillis(260)),
                  5_000)),
          new EndpointReport.Burst(500, 14, Duration.ofMillis(4_200)));

  @Test
  void text_hasTheComputedFleetBesideTheMeasured() {
    assertThat(EndpointText.of(REPORT))
        .isEqualTo(
            """
            PODS   SERVICES   KIND            CHANGES   CALLS/CHANGE   BYTES/CHANGE   TO THE CLOUD P50   P99      KUBE-PROXIES   THEIR BYTES/CHANGE
            1000   100        load balancer   60        0.50           412            0.12 s             0.25 s   34             170000

            A Service with a load balancer, 0 to 500 pods: 14 calls for backends, 4.20 s.
            Kube-proxies are computed: one machine for 30 pods, each sent the Service's EndpointSlice.
            """);
  }

  @Test
  void json_hasTheSame() {
    JsonObject json = JsonParser.parseString(EndpointJson.of(REPORT)).getAsJsonObject();
    JsonObject row = json.getAsJsonArray("rows").get(0).getAsJsonObject();
    assertThat(row.get("toTheCloudP99").getAsDouble()).isEqualTo(0.25);
    assertThat(row.get("kubeProxyBytesPerChange").getAsLong()).isEqualTo(170_000);
    assertThat(json.getAsJsonObject("burst").get("backendCalls").getAsInt()).isEqualTo(14);
  }
}
