package io.viking.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessSamplerTest {
  @TempDir private Path proc;

  @Test
  void window_tellsWhatWasUsedWithinIt() throws IOException {
    write(7, 100, 50, 2_000);
    var sampler = sampler(new ObservedProcess("etcd", 7));
    var window = sampler.open();
    write(7, 250, 100, 1_500);

    assertThat(window.close())
        .containsExactly(new ProcessUse("etcd", 2.0, 2_000 * 1024, 1_500 * 1024));
  }

  @Test
  void memoryThatWasThereForAWhile_isRemembered() throws IOException {
    write(7, 0, 0, 1_000);
    var sampler = sampler(new ObservedProcess("etcd", 7));
    var window = sampler.open();
    write(7, 0, 0, 9_000);
    sampler.sample();
    write(7, 0, 0, 2_000);

    assertThat(window.close())
        .containsExactly(new ProcessUse("etcd", 0, 9_000 * 1024, 2_000 * 1024));
  }

  @Test
  void processThatIsNotThere_isLeftOut() throws IOException {
    write(7, 0, 0, 1_000);
    var window = sampler(new ObservedProcess("etcd", 7), new ObservedProcess("gone", 8)).open();

    assertThat(window.close()).extracting(ProcessUse::name).containsExactly("etcd");
  }

  @Test
  void nameWithSpacesAndBrackets_doesNotShiftTheFields() {
    assertThat(ProcTable.cpu("7 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0")).isEqualTo(2.0);
  }

  private ProcessSampler sampler(ObservedProcess... processes) {
    return new ProcessSampler(() -> List.of(processes), new ProcTable(proc));
  }

  private void write(long pid, long user, long system, long rssKib) throws IOException {
    Path process = Files.createDirectories(proc.resolve(Long.toString(pid)));
    Files.writeString(
        process.resolve("stat"),
        "%d (etcd) S 1 2 3 4 5 6 7 8 9 10 %d %d 0 0 20 0".formatted(pid, user, system));
    Files.writeString(
        process.resolve("status"), "Name:\tetcd\nVmRSS:\t  %d kB\nThreads:\t9\n".formatted(rssKib));
  }
}
