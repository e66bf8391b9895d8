package io.viking.bench.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkTallyTest {
  private static final String PAGE =
      """
      # TYPE viking_syncer_endpoint_changes_total counter
      viking_syncer_endpoint_changes_total 40.0
      viking_syncer_network_pending 2.0
      viking_syncer_network_calls_total{call="update_backends",result="ok",} 30.0
      viking_syncer_network_calls_total{call="update_backends",result="failed",} 1.0
      viking_syncer_network_calls_total{call="apply_records",result="ok",} 5.0
      viking_syncer_network_calls_total{call="list_load_balancers",result="ok",} 7.0
      viking_syncer_network_bytes_total{call="update_backends",} 3000.0
      viking_syncer_network_bytes_total{call="list_load_balancers",} 900000.0
      """;

  @Test
  void page_isCountedWithoutLists() {
    assertThat(NetworkTally.read(PAGE)).contains(new NetworkTally(40, 36, 31, 3_000, 2));
  }

  @Test
  void since_isWhatCameMeanwhile() {
    NetworkTally before = new NetworkTally(10, 6, 1, 1_000, 9);
    assertThat(NetworkTally.read(PAGE).orElseThrow().since(before))
        .isEqualTo(new NetworkTally(30, 30, 30, 2_000, 2));
  }

  @Test
  void pageOfAnotherProcess_isNone() {
    assertThat(NetworkTally.read("viking_scheduler_pending 1.0\n")).isEmpty();
  }
}
