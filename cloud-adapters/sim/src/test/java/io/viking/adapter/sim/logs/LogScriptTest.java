package io.viking.adapter.sim.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.core.ContainerRun;
import io.viking.adapter.sim.core.InstanceFacts;
import io.viking.adapter.sim.state.ContainerOrder;
import io.viking.cloud.v1.InstancePhase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogScriptTest {
  private static final long T = 1_000_000;

  @Test
  void log_saysWhatItIs_thenLivesOn_thenHowItEnded() {
    LogScript script = script("sh -c true", T + 25_000);

    assertThat(lines(script, T + 24_000))
        .containsExactly(
            "simulated container main of pod shop/web, image nginx, started in z1 as eci-1 on"
                + " 1-2Gi",
            "would run: sh -c true",
            "simulated container main has run for 10 s",
            "simulated container main has run for 20 s");
    assertThat(lines(script, T + 25_000))
        .hasSize(5)
        .endsWith("simulated container main ended with exit code 3");
    assertThat(script.count(T - 1)).isZero();
  }

  @Test
  void end_onATick_isOneLine() {
    assertThat(lines(script("", T + 10_000), T + 60_000))
        .hasSize(2)
        .last()
        .isEqualTo("simulated container main ended with exit code 3");
  }

  @Test
  void emptyRun_beginsAndEnds() {
    assertThat(lines(script("", T), T)).hasSize(2);
  }

  @Test
  void weekLongLog_isAnsweredWithoutBeingWritten() {
    LogScript script = script("", Long.MAX_VALUE);
    long now = T + 7L * 24 * 3_600_000;

    assertThat(script.count(now)).isEqualTo(1 + 60_480);
    assertThat(script.line(script.count(now) - 1, now).at()).isEqualTo(now);
    assertThat(script.firstSince(now - 15_000, now)).isEqualTo(script.count(now) - 2);
    assertThat(script.firstSince(T, now)).isZero();
    assertThat(script.nextLineAt(now)).isEqualTo(now + 10_000);
  }

  @Test
  void timestamps_haveNanoseconds() {
    assertThat(new LogLine(1_500, "x").render(true))
        .isEqualTo("1970-01-01T00:00:01.500000000Z x\n");
    assertThat(new LogLine(1_500, "x").render(false)).isEqualTo("x\n");
  }

  private static List<String> lines(LogScript script, long now) {
    List<String> lines = new ArrayList<>();
    for (long i = 0; i < script.count(now); i++) {
      lines.add(script.line(i, now).text());
    }
    return lines;
  }

  private static LogScript script(String command, long end) {
    ContainerOrder order =
        ContainerOrder.newBuilder().setName("main").setImage("nginx").setCommand(command).build();
    InstanceFacts instance =
        new InstanceFacts(
            "eci-1",
            "shop",
            "web",
            "z1",
            "1-2Gi",
            1000,
            2048,
            InstancePhase.INSTANCE_PHASE_RUNNING,
            true,
            "10.0.0.1",
            ByteString.EMPTY,
            ByteString.EMPTY,
            List.of());
    return new LogScript(instance, order, new ContainerRun(1, T, end, 3));
  }
}
