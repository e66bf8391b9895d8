package io.viking.controlplane.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.viking.controlplane.Component;
import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: shells that sleep. */
class SupervisedProcessTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private ProcessRecords records;
  private ProcessGroup group;

  @BeforeEach
  void group() {
    records = new ProcessRecords(folder);
    group = new ProcessGroup(new Launcher(Environment.system()), records, CLOCK);
  }

  @AfterEach
  void end() {
    group.close();
  }

  @Test
  void awaitReady_servingProcess_isReadyAndRecorded() throws Exception {
    SupervisedProcess process = group.launch(shell("exec sleep 600", () -> true));
    process.awaitReady(PATIENCE);
    Component component = process.component();
    assertThat(component.state()).isEqualTo(Component.State.READY);
    assertThat(records.all())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.pid()).isEqualTo(component.pid().orElseThrow());
              assertThat(record.state()).isEqualTo(Component.State.READY);
            });
    group.close();
    assertThat(process.component().state()).isEqualTo(Component.State.STOPPED);
    assertThat(isAlive(component)).isFalse();
    assertThat(records.all()).isEmpty();
  }

  @Test
  void killedProcess_isStartedAgain() throws Exception {
    SupervisedProcess process = group.launch(shell("exec sleep 600", () -> true));
    process.awaitReady(PATIENCE);
    long first = process.component().pid().orElseThrow();
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                process.component().restarts() == 1
                    && process.component().state() == Component.State.READY);
    assertThat(process.component().pid().orElseThrow()).isNotEqualTo(first);
  }

  @Test
  void awaitReady_processThatAlwaysFails_saysWhatItWrote() {
    SupervisedProcess process = group.launch(shell("echo port 1 is taken; exit 3", () -> false));
    assertThatThrownBy(() -> process.awaitReady(PATIENCE))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("ended 3 times at its start")
        .hasMessageContaining("exit code 3")
        .hasMessageContaining("port 1 is taken");
  }

  @Test
  void close_processThatIgnoresSigterm_isKilled() throws Exception {
    Path up = folder.resolve("up");
    SupervisedProcess process =
        group.launch(
            shell(
                "trap '' TERM; touch " + up + "; while :; do sleep 0.1; done",
                () -> Files.exists(up)));
    process.awaitReady(PATIENCE);
    Component component = process.component();
    group.close();
    assertThat(isAlive(component)).isFalse();
  }

  @Test
  void launch_afterClose_isRefused() {
    group.close();
    assertThatThrownBy(() -> group.launch(shell("exec sleep 600", () -> true)))
        .isInstanceOf(ControlPlaneException.class);
  }

  @Test
  void orphan_ofAnEarlierRun_isStoppedAndForgotten() throws Exception {
    Path sleep = Environment.system().executable("sleep").orElseThrow();
    SupervisedProcess process =
        group.launch(
            new ProcessSpec(
                "shell",
                "v1",
                List.of(sleep.toString(), "600"),
                folder.resolve("shell.log"),
                () -> true,
                Duration.ofMillis(500)));
    process.awaitReady(PATIENCE);
    // Another supervisor reads the same records, as after a kill of the first.
    Orphans orphans = new Orphans(records, folder::resolve, PATIENCE, CLOCK);
    assertThat(orphans.inspect(List.of("shell"), false))
        .extracting(Component::state)
        .containsExactly(Component.State.ORPHANED);
    Component before = process.component();
    assertThat(orphans.stop(List.of("shell")))
        .extracting(Component::pid)
        .containsExactly(before.pid());
    // Its parent is this process, whose JDK collects it a moment later.
    await().atMost(PATIENCE).until(() -> !isAlive(before));
  }

  @Test
  void orphan_whosePidIsSomebodyElses_isLeftAlone() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      records.write(
          new ProcessRecord(
              "shell",
              "v1",
              stranger.pid(),
              stranger.info().startInstant().orElseThrow().minusSeconds(3600),
              Path.of(stranger.info().command().orElseThrow()),
              0,
              Component.State.READY));
      Orphans orphans = new Orphans(records, folder::resolve, PATIENCE, CLOCK);
      assertThat(orphans.stop(List.of("shell"))).isEmpty();
      assertThat(stranger.isAlive()).isTrue();
      assertThat(records.all()).isEmpty();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void log_tooLong_isRotatedUnderItsWriter() throws Exception {
    LogFile log = new LogFile(folder.resolve("x.log"), 10);
    log.prepare();
    Files.writeString(folder.resolve("x.log"), "0123456789\nlast words\n\n");
    assertThat(log.tail(0, 1)).containsExactly("last words");
    log.bound();
    assertThat(log.size()).isZero();
    assertThat(folder.resolve("x.log.1")).content().contains("last words");
  }

  private static boolean isAlive(Component component) {
    return ProcessHandle.of(component.pid().orElseThrow())
        .map(ProcessHandle::isAlive)
        .orElse(false);
  }

  private ProcessSpec shell(String script, BooleanSupplier ready) {
    return new ProcessSpec(
        "shell",
        "v1",
        List.of("/bin/sh", "-c", script),
        folder.resolve("shell.log"),
        ready,
        Duration.ofMillis(500));
  }
}
