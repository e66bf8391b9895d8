package io.viking.cli.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.viking.adapter.kit.failure.Failures;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedCloudTest {
  @Test
  void cloudWithoutOperator_isToldApart_inOneSentence() {
    assertThat(SimulatedCloud.refusal(Status.UNIMPLEMENTED.asRuntimeException()))
        .isEqualTo(
            "this cluster's cloud is not the simulated one: only there can zones, stock and prices"
                + " be set.");
  }

  @Test
  void refusal_isTheCloudsOwnSentence() {
    assertThat(
            SimulatedCloud.refusal(
                Failures.exception(
                    ErrorReason.ERROR_REASON_NOT_FOUND, "there is no zone \"z\"; there are a, b")))
        .isEqualTo("there is no zone \"z\"; there are a, b.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          all   | 0         | Zone h is out of stock for all types.
          2-4Gi | 0         | Zone h is out of stock for 2-4Gi.
          2-4Gi | 7         | Zone h holds at most 7 instances of 2-4Gi.
          all   | 7         | Zone h holds at most 7 instances of each type.
          all   | unlimited | Zone h sells all types without bound.
          """)
  void stock_isConfirmedInOneSentence(String type, String limit, String sentence) {
    assertThat(StockCommand.sentence("h", type, new StockCommand.Limit().convert(limit)))
        .isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource({"35, 350000, 35%", "12.5%, 125000, 12.5%", "100, 1000000, 100%", "0, 0, 0%"})
  void percent_isPartsPerMillion(String percent, long ppm, String shown) {
    assertThat(new SpotPriceCommand.Percent().convert(percent)).isEqualTo(ppm);
    assertThat(SpotPriceCommand.sentence("h", "2-4Gi", ppm, ppm))
        .isEqualTo("Spot instances of 2-4Gi in zone h cost " + shown + " of the on demand price.");
  }

  @Test
  void spotPrice_beyondTheMarketsBounds_saysSo() {
    assertThat(SpotPriceCommand.sentence("h", "all", 0, 100_000))
        .isEqualTo(
            "Spot instances of all types in zone h cost 10% of the on demand price, not 0%: the"
                + " profile's market goes no lower (spot.minPpm).");
    assertThat(SpotPriceCommand.sentence("h", "all", 5_000_000, 1_000_000))
        .endsWith(
            "cost 100% of the on demand price, not 500%: the profile's market goes no higher (spot.maxPpm).");
  }

  @Test
  void reclaim_saysWhen() {
    Instant now = Instant.parse("2026-01-01T12:00:00Z");
    var asked = Instance.newBuilder().setInstanceId("eci-1");
    assertThat(ReclaimCommand.sentence("shop", "web-0", asked.build(), now))
        .isEqualTo("Instance eci-1 of pod shop/web-0 will be taken back.");
    asked.setReclaimTime(Timestamp.newBuilder().setSeconds(now.plusSeconds(180).getEpochSecond()));
    assertThat(ReclaimCommand.sentence("shop", "web-0", asked.build(), now))
        .isEqualTo(
            "Instance eci-1 of pod shop/web-0 will be taken back at 2026-01-01T12:03:00Z, in 3m.");
  }
}
