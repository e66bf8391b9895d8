package io.viking.scheduler.selector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TolerationTest {
  private static final Taint TAINT = new Taint("gpu", "v100", "NoSchedule");

  @ParameterizedTest
  @CsvSource({
    "gpu, Equal, v100, NoSchedule, true",
    "gpu, '', v100, '', true",
    "gpu, Equal, p4, NoSchedule, false",
    "gpu, Exists, '', '', true",
    "gpu, Exists, '', NoExecute, false",
    "'', Exists, '', '', true",
    "'', Equal, v100, '', false",
    "disk, Exists, '', '', false",
    "gpu, Gt, 5, NoSchedule, false",
  })
  void covers_anyToleration_asUpstream(
      String key, String operator, String value, String effect, boolean covers) {
    assertThat(new Toleration(key, operator, value, effect).covers(TAINT)).isEqualTo(covers);
  }
}
