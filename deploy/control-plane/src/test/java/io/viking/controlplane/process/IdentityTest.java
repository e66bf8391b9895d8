package io.viking.controlplane.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.controlplane.Component;
import io.viking.controlplane.process.Identity.Observed;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {
  private static final ProcessRecord RECORD =
      new ProcessRecord(
          "etcd",
          "v3.7.3",
          4711,
          Instant.parse("2026-11-21T10:00:00.120Z"),
          Path.of("/cache dir/etcd"),
          3,
          Component.State.READY);

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T10:00:00.120Z, /cache dir/etcd,           true",
    "2026-11-21T10:00:01.900Z, /cache dir/etcd,           true",
    "2026-11-21T10:00:00.120Z, /cache dir/etcd (deleted), true",
    "2026-11-21T10:00:03.000Z, /cache dir/etcd,           false",
    "2026-11-21T09:59:57.000Z, /cache dir/etcd,           false",
    "2026-11-21T10:00:00.120Z, /usr/bin/etcd,             false",
  })
  void same_wantsStartTimeAndExecutable(Instant started, String executable, boolean same) {
    assertThat(Identity.same(RECORD, new Observed(Optional.of(started), Optional.of(executable))))
        .isEqualTo(same);
  }

  @Test
  void same_unreadableMark_isAStranger() {
    assertThat(
            Identity.same(RECORD, new Observed(Optional.empty(), Optional.of("/cache dir/etcd"))))
        .isFalse();
    assertThat(Identity.same(RECORD, new Observed(Optional.of(RECORD.started()), Optional.empty())))
        .isFalse();
  }

  @Test
  void record_survivesItsText() {
    assertThat(ProcessRecord.parse(RECORD.text())).isEqualTo(RECORD);
  }

  @Test
  void record_damaged_isRefused() {
    assertThatThrownBy(() -> ProcessRecord.parse("name=etcd\n"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProcessRecord.parse(RECORD.text().replace("2026", "soup")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
