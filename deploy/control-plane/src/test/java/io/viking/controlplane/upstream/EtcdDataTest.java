package io.viking.controlplane.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.Environment;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.DataDirectoryLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcdDataTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @TempDir Path temporary;

  @Test
  void decide_comparesMinors() {
    assertThat(Upgrade.decide(Optional.empty(), "v1.36.3")).isEqualTo(new Upgrade.None());
    assertThat(Upgrade.decide(Optional.of("v1.36.0"), "v1.36.3")).isEqualTo(new Upgrade.None());
    assertThat(Upgrade.decide(Optional.of("v1.9.9"), "v1.10.0"))
        .isEqualTo(new Upgrade.Backup("v1.9.9", "v1.10.0"));
    assertThat(Upgrade.decide(Optional.of("v1.37.0"), "v1.36.3"))
        .isEqualTo(new Upgrade.Refused("v1.37.0", "v1.36.3"));
  }

  @Test
  void prepare_newerMinor_copiesTheData() throws Exception {
    DataDirectory directory =
        DataDirectory.resolve(Optional.of(temporary.resolve("d")), Environment.system());
    EtcdData data = new EtcdData(directory);
    try (DataDirectoryLock lock = directory.acquire(Clock.systemUTC())) {
      assertThat(data.prepare("v1.35.1", NOW)).isEmpty();
      Files.createDirectories(lock.directory().etcd().resolve("member/wal"));
      Files.writeString(directory.etcd().resolve("member/wal/0.wal"), "entries");
      data.written("v1.35.1");

      Path copy = data.prepare("v1.36.3", NOW).orElseThrow();

      assertThat(copy).isEqualTo(directory.backups().resolve("etcd-v1.35.1-20261121-100000"));
      assertThat(copy.resolve("member/wal/0.wal")).hasContent("entries");
      assertThatThrownBy(() -> data.prepare("v1.34.0", NOW))
          .isInstanceOf(ControlPlaneException.class)
          .hasMessageContaining("was written by Kubernetes v1.35.1, which v1.34.0 cannot read");
    }
  }
}
