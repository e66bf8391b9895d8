package io.viking.syncer.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolledLogTest {
  private static final String T1 = "2026-11-21T10:00:00.000000001Z ";
  private static final String T2 = "2026-11-21T10:00:00.000000002Z ";

  private final PolledLog log = new PolledLog(false, Optional.empty());

  private static String read(PolledLog log, String reading) {
    log.begin(false);
    return new String(log.take(ByteString.copyFromUtf8(reading)), StandardCharsets.UTF_8);
  }

  @Test
  void firstReading_isNewWithoutItsTimes() {
    assertThat(log.since()).isEmpty();
    assertThat(read(log, T1 + "one\n" + T2 + "two\n")).isEqualTo("one\ntwo\n");
    assertThat(log.since()).contains(Instant.parse("2026-11-21T10:00:00.000000002Z"));
  }

  @Test
  void timestamps_ifWanted_standBeforeNewLinesAlone() {
    var stamped = new PolledLog(true, Optional.empty());

    assertThat(read(stamped, T1 + "one\n")).isEqualTo(T1 + "one\n");
    assertThat(read(stamped, T1 + "one\n" + T2 + "two\n")).isEqualTo(T2 + "two\n");
  }

  @Test
  void sameAgain_isNotNew() {
    read(log, T1 + "one\n" + T2 + "two\n");

    assertThat(read(log, T2 + "two\n")).isEmpty();
    assertThat(read(log, T1 + "one\n" + T2 + "two\n")).as("more than was asked for").isEmpty();
  }

  @Test
  void lineOfTheSameTime_isNew() {
    read(log, T1 + "one\n");

    assertThat(read(log, T1 + "one\n" + T1 + "one\n")).isEqualTo("one\n");
    assertThat(read(log, T1 + "one\n" + T1 + "one\n" + T1 + "\n" + T2 + "two\n"))
        .isEqualTo("\ntwo\n");
  }

  @Test
  void unfinishedLine_goesOnWhereItStopped() {
    assertThat(read(log, T1 + "one\n" + T1 + "tw")).isEqualTo("one\ntw");
    assertThat(read(log, T1 + "one\n" + T1 + "tw")).isEmpty();
    assertThat(read(log, T1 + "one\n" + T1 + "two\n" + T2 + "three\n")).isEqualTo("o\nthree\n");
    assertThat(read(log, T2 + "three\n")).isEmpty();
  }

  @Test
  void readingThatBroke_losesAndDoublesNothing() {
    assertThat(read(log, T1 + "one\n" + T1 + "two\n" + T1.substring(0, 9))).isEqualTo("one\ntwo\n");
    assertThat(read(log, T1 + "on")).isEmpty();
    assertThat(read(log, T1 + "one\n" + T1 + "two\n" + T1 + "three\n")).isEqualTo("three\n");
  }

  @Test
  void pieces_cutAnywhere_areJoined() {
    log.begin(false);
    var told = new StringBuilder();
    for (byte each : (T1 + "one\n" + T2 + "two\n").getBytes(StandardCharsets.UTF_8)) {
      told.append(
          new String(log.take(ByteString.copyFrom(new byte[] {each})), StandardCharsets.UTF_8));
    }

    assertThat(told).hasToString("one\ntwo\n");
  }

  @Test
  void silentReading_countsAsTold() {
    log.begin(true);
    assertThat(log.take(ByteString.copyFromUtf8(T1 + "one\n"))).isEmpty();

    assertThat(read(log, T1 + "one\n" + T2 + "two\n")).isEqualTo("two\n");
  }

  @Test
  void limit_countsWhatIsTold() {
    var limited = new PolledLog(false, Optional.of(6L));

    assertThat(read(limited, T1 + "one\n")).isEqualTo("one\n");
    assertThat(limited.isFull()).isFalse();
    assertThat(read(limited, T1 + "one\n" + T2 + "two\n")).isEqualTo("tw");
    assertThat(limited.isFull()).isTrue();
  }

  @Test
  void lineWithoutATime_isTheAdaptersFault() {
    assertThatThrownBy(() -> read(log, "Hello World\n"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("begins with \"Hello\"");
  }
}
