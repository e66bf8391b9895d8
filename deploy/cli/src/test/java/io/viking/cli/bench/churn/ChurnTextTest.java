package io.viking.cli.bench.churn;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.viking.bench.apiserver.ApiCall;
import io.viking.bench.apiserver.CallCounts;
import io.viking.bench.churn.ChurnReport;
import io.viking.bench.measure.Cost;
import io.viking.bench.measure.Percentiles;
import io.viking.bench.process.ProcessUse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChurnTextTest {
  private static final ChurnReport REPORT =
      new ChurnReport(
          5_000,
          20,
          1_200,
          millis(3, 4, 9, 12),
          millis(21, 30, 88, 140),
          millis(18, 26, 80, 130),
          millis(30, 40, 90, 150),
          new Cost(
              Optional.of(new CallCounts(Map.of(new ApiCall("POST", "pods"), 4_800.0), 0)),
              List.of(new ProcessUse("viking", 3.6, 300 << 20, 290 << 20))));

  @Test
  void text_hasTheWaitsAndWhatAPodCosts() {
    assertThat(ChurnText.of(REPORT))
        .isEqualTo(
            """
            20 pods a second come and go beside 5000; 1200 were measured, 4.0 writes for each of them.

            MILLISECONDS                 P50    P90    P99    MAX
            create to Ready              21.0   30.0   88.0   140.0
              of which the create call   3.0    4.0    9.0    12.0
            first event to Ready         18.0   26.0   80.0   130.0
            delete to gone               30.0   40.0   90.0   150.0

            PROCESS   CPU MS PER POD   MAX RSS
            viking    3.0              300 MiB
            """);
  }

  @Test
  void json_hasTheSame() {
    JsonObject json = JsonParser.parseString(ChurnJson.of(REPORT)).getAsJsonObject();
    assertThat(json.getAsJsonObject("toReady").get("p99").getAsDouble()).isEqualTo(0.088);
    assertThat(json.get("writesPerPod").getAsDouble()).isEqualTo(4.0);
    assertThat(
            json.getAsJsonObject("processes")
                .getAsJsonObject("viking")
                .get("cpuSecondsPerPod")
                .getAsDouble())
        .isEqualTo(0.003);
  }

  private static Percentiles millis(int p50, int p90, int p99, int max) {
    return new Percentiles(
        Duration.ofMillis(p50),
        Duration.ofMillis(p90),
        Duration.ofMillis(p99),
        Duration.ofMillis(max));
  }
}
