package io.viking.bench.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CallCountsTest {
  private static final ApiCall CREATE = new ApiCall("POST", "pods");
  private static final ApiCall STATUS = new ApiCall("PATCH", "pods/status");
  private static final ApiCall LEASE = new ApiCall("PUT", "leases");
  private static final ApiCall LIST = new ApiCall("LIST", "pods");

  @Test
  void since_tellsWhatWasAdded() {
    var before = new CallCounts(Map.of(CREATE, 10.0, LEASE, 5.0), 1);
    var after = new CallCounts(Map.of(CREATE, 510.0, LEASE, 5.0, STATUS, 500.0), 4);

    assertThat(after.since(before))
        .isEqualTo(new CallCounts(Map.of(CREATE, 500.0, STATUS, 500.0), 3));
  }

  @Test
  void since_aServerThatWasStartedAgain_isNeverNegative() {
    var before = new CallCounts(Map.of(CREATE, 900.0), 7);
    var after = new CallCounts(Map.of(CREATE, 20.0), 0);

    assertThat(after.since(before)).isEqualTo(CallCounts.NONE);
  }

  @Test
  void withoutIdle_takesOffWhatTheClusterDoesAnyway_inThatTime() {
    var idle = new CallCounts(Map.of(LEASE, 3.0), 0);
    var storm = new CallCounts(Map.of(CREATE, 500.0, LEASE, 11.0), 0);

    assertThat(storm.withoutIdle(idle, 3, 10).calls())
        .containsOnly(Map.entry(CREATE, 500.0), Map.entry(LEASE, 1.0));
    assertThat(storm.withoutIdle(idle, 3, 20).calls()).containsOnlyKeys(CREATE);
  }

  @Test
  void perPod_putsTheMostFrequentFirst_andLeavesOutWhatIsRare() {
    var counts = new CallCounts(Map.of(CREATE, 100.0, STATUS, 250.0, LEASE, 0.5), 0);

    assertThat(counts.perPod(100, 0.01))
        .containsExactly(Map.entry(STATUS, 2.5), Map.entry(CREATE, 1.0));
  }

  @Test
  void writes_areAllButReads() {
    var counts = new CallCounts(Map.of(CREATE, 2.0, STATUS, 3.0, LIST, 40.0), 0);

    assertThat(counts.writes()).isCloseTo(5, within(1e-9));
  }
}
