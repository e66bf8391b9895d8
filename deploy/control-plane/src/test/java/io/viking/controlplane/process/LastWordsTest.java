package io.viking.controlplane.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.controlplane.process.LastWords.DiskFull;
import io.viking.controlplane.process.LastWords.Quoted;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastWordsTest {
  @Test
  void of_complaintBeforeAStackTrace_quotesTheComplaint() {
    assertThat(
            LastWords.of(
                List.of(
                    "I1121 03:12:21.590026   29774 serving.go:1] all is well",
                    "E1121 03:12:21.590026   29774 run.go:72] \"command failed\" err=\"soup\"",
                    "goroutine 1 [running]:",
                    "main.main()")))
        .isEqualTo(
            new Quoted(
                List.of(
                    "E1121 03:12:21.590026   29774 run.go:72] \"command failed\" err=\"soup\"")));
  }

  @Test
  void of_noComplaint_quotesTheLastLines() {
    assertThat(LastWords.of(List.of("1", "2", "3", "4")))
        .isEqualTo(new Quoted(List.of("2", "3", "4")));
    assertThat(LastWords.of(List.of())).isEqualTo(new Quoted(List.of()));
  }

  @Test
  void of_fullDisk_isToldAsSuch() {
    LastWords words =
        LastWords.of(List.of("panic: write /d/etcd/0.wal: no space left on device", "main.main()"));
    assertThat(words).isEqualTo(new DiskFull());
    assertThat(words.sentence("etcd", 3, 2, Path.of("/d/logs/etcd.log")))
        .isEqualTo("etcd cannot run because the disk of /d/logs is full: free some space.");
  }
}
