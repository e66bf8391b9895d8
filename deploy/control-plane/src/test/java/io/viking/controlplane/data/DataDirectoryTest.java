package io.viking.controlplane.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.ControlPlaneMode;
import io.viking.controlplane.ControlPlaneOptions;
import io.viking.controlplane.Environment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  private static final Path HOME = Path.of("/home/ada");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

  @TempDir Path temporary;

  @Test
  void resolve_takesTheFlag_thenOurVariable_thenXdg_thenHome() {
    Map<String, String> all = Map.of("VIKING_DATA_DIR", "/ours", "XDG_DATA_HOME", "/xdg");
    assertThat(resolved(Optional.of(Path.of("/flag")), all)).isEqualTo(Path.of("/flag"));
    assertThat(resolved(Optional.empty(), all)).isEqualTo(Path.of("/ours"));
    assertThat(resolved(Optional.empty(), Map.of("XDG_DATA_HOME", "/xdg")))
        .isEqualTo(Path.of("/xdg/viking"));
    assertThat(resolved(Optional.empty(), Map.of("XDG_DATA_HOME", "relative")))
        .as("XDG says that relative paths are invalid")
        .isEqualTo(HOME.resolve(".local/share/viking"));
    assertThat(resolved(Optional.empty(), Map.of("VIKING_DATA_DIR", "")))
        .isEqualTo(HOME.resolve(".local/share/viking"));
  }

  @Test
  void acquire_newDirectory_isForItsOwnerAlone() throws Exception {
    DataDirectory directory = directory("new");
    try (DataDirectoryLock lock = directory.acquire(CLOCK)) {
      assertThat(lock.directory()).isSameAs(directory);
      for (Path part : new Path[] {directory.path(), directory.pki(), directory.logs()}) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(part)))
            .as(part.toString())
            .isEqualTo("rwx------");
      }
      assertThat(Files.readString(directory.formatFile())).isEqualTo("1\n");
    }
  }

  @Test
  void acquire_heldDirectory_namesTheHolder() {
    DataDirectory directory = directory("held");
    try (DataDirectoryLock lock = directory.acquire(CLOCK)) {
      assertThat(directory.owner())
          .contains(new DataDirectoryOwner(ProcessHandle.current().pid(), CLOCK.instant()));
      assertThatThrownBy(() -> directory.acquire(CLOCK))
          .isInstanceOf(ControlPlaneException.class)
          .hasMessage(
              "%s is in use by process %d since 2026-11-21T10:00:00Z: stop that one (viking down), or name another --data-dir.",
              directory.path(), ProcessHandle.current().pid());
      lock.close();
      assertThat(directory.owner()).isEmpty();
    }
    directory.acquire(CLOCK).close();
  }

  @Test
  void acquire_newerFormat_isRefusedAndLetGo() throws Exception {
    DataDirectory directory = directory("newer");
    directory.acquire(CLOCK).close();
    Files.writeString(directory.formatFile(), "2\n");
    assertThatThrownBy(() -> directory.acquire(CLOCK))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("has format 2 and this viking knows up to 1")
        .hasMessageContaining("--data-dir");
    assertThat(directory.owner()).isEmpty();
  }

  @Test
  void acquire_damagedFormat_isRefused() throws Exception {
    DataDirectory directory = directory("damaged");
    directory.acquire(CLOCK).close();
    Files.writeString(directory.formatFile(), "soup\n");
    assertThatThrownBy(() -> directory.acquire(CLOCK))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("says 'soup' where a version number belongs");
  }

  @Test
  void acquire_directoryOfSomethingElse_isRefused() throws Exception {
    Files.createDirectories(temporary.resolve("photos"));
    Files.writeString(temporary.resolve("photos/cat.jpg"), "meow");
    assertThatThrownBy(() -> directory("photos").acquire(CLOCK))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("neither empty nor a data directory");
  }

  @Test
  void delete_keepsWhatIsNotOurs() throws Exception {
    DataDirectory directory = directory("mixed");
    Path foreign = directory.path().resolve("notes.txt");
    try (DataDirectoryLock lock = directory.acquire(CLOCK)) {
      Files.writeString(foreign, "keep me");
      Files.writeString(directory.log("etcd"), "a line");
      directory.delete();
      assertThat(lock.directory().logs()).doesNotExist();
    }
    directory.deleteIfEmpty();
    assertThat(foreign).hasContent("keep me");
    Files.delete(foreign);
    directory.deleteIfEmpty();
    assertThat(directory.path()).doesNotExist();
  }

  @Test
  void mode_isKept() {
    DataDirectory directory = directory("mode");
    try (DataDirectoryLock lock = directory.acquire(CLOCK)) {
      assertThat(lock.directory().mode()).isEmpty();
      directory.keepMode(ControlPlaneMode.NATIVE);
      assertThat(directory.mode()).contains(ControlPlaneMode.NATIVE);
      assertThat(ControlPlaneOptions.defaults().mode()).isEqualTo(ControlPlaneMode.AUTO);
    }
  }

  @Test
  void socket_shortPath_isInRun() {
    DataDirectory directory =
        DataDirectory.resolve(Optional.of(Path.of("/tmp/v")), new Environment(Map.of(), HOME));
    assertThat(SocketDirectory.choose(directory.run(), "adapter.sock", environment(Map.of())))
        .isEqualTo(new SocketDirectory(Path.of("/tmp/v/run"), Path.of("/tmp/v/run")));
  }

  @Test
  void socket_longPath_fitsSomewhereElse_alwaysTheSame() {
    Path run = Path.of("/" + "long/".repeat(30), "run");
    SocketDirectory inRuntimeDirectory =
        SocketDirectory.choose(
            run, "adapter.sock", environment(Map.of("XDG_RUNTIME_DIR", "/run/user/1000")));
    assertThat(inRuntimeDirectory.isShortened()).isTrue();
    assertThat(inRuntimeDirectory.path().toString()).startsWith("/run/user/1000/viking-");
    assertThat(SocketDirectory.choose(run, "adapter.sock", environment(Map.of())).path().toString())
        .matches("/tmp/viking-[0-9a-f]{12}");
    SocketDirectory inTmp =
        SocketDirectory.choose(
            run, "adapter.sock", environment(Map.of("XDG_RUNTIME_DIR", run.toString())));
    assertThat(inTmp.path().resolve("adapter.sock").toString().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(SocketDirectory.MOST_BYTES);
    assertThat(inTmp).isEqualTo(SocketDirectory.choose(run, "adapter.sock", environment(Map.of())));
  }

  private static Path resolved(Optional<Path> named, Map<String, String> variables) {
    return DataDirectory.resolve(named, environment(variables)).path();
  }

  private static Environment environment(Map<String, String> variables) {
    return new Environment(variables, HOME);
  }

  private DataDirectory directory(String name) {
    return DataDirectory.resolve(Optional.of(temporary.resolve(name)), environment(Map.of()));
  }
}
