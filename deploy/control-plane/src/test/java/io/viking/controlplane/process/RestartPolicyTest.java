package io.viking.controlplane.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.controlplane.process.RestartPolicy.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartPolicyTest {
  @ParameterizedTest
  @CsvSource({"1,500", "2,1000", "3,2000", "4,4000", "7,30000", "1000,30000"})
  void afterExit_ofWhatHasServed_backsOff(int failures, long milliseconds) {
    assertThat(RestartPolicy.afterExit(true, failures))
        .isEqualTo(new Verdict.Again(Duration.ofMillis(milliseconds)));
  }

  @Test
  void afterExit_ofWhatHasNeverServed_givesUpAtTheThird() {
    assertThat(RestartPolicy.afterExit(false, 2)).isInstanceOf(Verdict.Again.class);
    assertThat(RestartPolicy.afterExit(false, 3)).isEqualTo(new Verdict.GiveUp());
  }
}
