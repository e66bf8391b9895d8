package io.viking.cli.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.viking.adapter.kit.failure.Failures;
import io.viking.cloud.v1.ErrorReason;
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
    assertThat(SpotPriceCommand.sentence("h", "2-4Gi", ppm))
        .isEqualTo("Spot instances of 2-4Gi in zone h cost " + shown + " of the on demand price.");
  }
}
