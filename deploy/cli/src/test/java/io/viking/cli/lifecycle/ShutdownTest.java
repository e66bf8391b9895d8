package io.viking.cli.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.controlplane.Environment;
import io.viking.controlplane.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path temporary;
  private DataDirectory directory;
  private Optional<Process> holder = Optional.empty();

  @BeforeEach
  void directory() {
    directory =
        DataDirectory.resolve(Optional.of(temporary.resolve("cluster")), Environment.system());
  }

  @AfterEach
  void endHolder() throws InterruptedException {
    if (holder.isPresent()) {
      holder.get().destroyForcibly().waitFor();
    }
  }

  @Test
  void nothingRuns_isSaid() throws Exception {
    assertThat(shutdown(LONG, false)).isEqualTo(new Shutdown.Outcome.NothingRan());
  }

  @Test
  void holder_isAskedToEnd_andWaitedFor() throws Exception {
    long pid = hold("willing");

    assertThat(shutdown(LONG, false))
        .isInstanceOfSatisfying(
            Shutdown.Outcome.Stopped.class, stopped -> assertThat(stopped.pid()).isEqualTo(pid));
    assertThat(directory.owner()).isEmpty();
  }

  @Test
  void stubbornHolder_isLeftUnlessKillingIsAskedFor() throws Exception {
    long pid = hold("stubborn");

    assertThat(shutdown(SHORT, false)).isEqualTo(new Shutdown.Outcome.StillRunning(pid));
    assertThat(holder.orElseThrow().isAlive()).isTrue();

    assertThat(shutdown(Duration.ofSeconds(5), true)).isEqualTo(new Shutdown.Outcome.Killed(pid));
    assertThat(directory.owner()).isEmpty();
  }

  private Shutdown.Outcome shutdown(Duration within, boolean kill) throws InterruptedException {
    return Shutdown.run(directory, within, kill, Clock.systemUTC());
  }

  private long hold(String mood) throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                directory.path().toString(),
                mood)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    holder = Optional.of(process);
    assertThat(process.inputReader().readLine()).isEqualTo("holds " + directory.path());
    return process.pid();
  }
}
