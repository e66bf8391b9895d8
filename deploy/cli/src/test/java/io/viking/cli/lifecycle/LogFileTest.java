package io.viking.cli.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFileTest {
  private static final Duration POLL = Duration.ofMillis(5);

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({"-1,a/b/c/", "0,''", "1,c/", "2,b/c/", "3,a/b/c/", "9,a/b/c/"})
  void tail_printsTheLastLines(long lines, String printed) throws Exception {
    assertThat(print("a\nb\nc\n", lines)).isEqualTo(printed.replace('/', '\n'));
  }

  @Test
  void tail_ofAFileWithoutALastLineEnd_countsThatLine() throws Exception {
    assertThat(print("a\nb\nc", 2)).isEqualTo("b\nc");
  }

  @Test
  void tail_overManyBlocks_findsItsLines() throws Exception {
    String line = "x".repeat(99) + "\n";

    assertThat(print(line.repeat(5000), 1500)).isEqualTo(line.repeat(1500));
  }

  @Test
  void follow_goesOnWhenTheFileGrowsIsCutAndIsReplaced() throws Exception {
    Path file = Files.writeString(directory.resolve("log"), "old\n");
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    new LogFile(file).print(stream, 1, true, POLL);
                  } catch (IOException | InterruptedException ended) {
                    // The test ends it.
                  }
                });
    await().untilAsserted(() -> assertThat(printed()).isEqualTo("old\n"));

    Files.writeString(file, "grown\n", StandardOpenOption.APPEND);
    await().untilAsserted(() -> assertThat(printed()).endsWith("grown\n"));

    Files.writeString(file, "cut\n");
    await().untilAsserted(() -> assertThat(printed()).endsWith("cut\n"));

    Path next = Files.writeString(directory.resolve("next"), "another file, longer than before\n");
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    await().untilAsserted(() -> assertThat(printed()).endsWith("longer than before\n"));

    reader.interrupt();
    reader.join();
    assertThat(printed()).isEqualTo("old\ngrown\ncut\nanother file, longer than before\n");
  }

  private String print(String content, long lines) throws Exception {
    Path file = Files.writeString(directory.resolve("log"), content);
    new LogFile(file).print(new PrintStream(out, true, StandardCharsets.UTF_8), lines, false, POLL);
    return printed();
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
