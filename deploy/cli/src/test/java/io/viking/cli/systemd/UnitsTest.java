package io.viking.cli.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.viking.cli.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The units of deploy/systemd, by systemd's own word where it is installed. */
class UnitsTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path UNITS = ROOT.resolve("deploy/systemd");
  private static final String HOME = "/opt/viking/";

  /**
   * "OK" of {@code systemd-analyze security}: 0 is a service that can do nothing, 10 any service.
   */
  private static final int EXPOSURE_TENTHS = 25;

  @TempDir private Path directory;

  static List<Path> units() throws IOException {
    try (Stream<Path> files = Files.list(UNITS)) {
      return files.sorted().toList();
    }
  }

  @Test
  void eachPart_hasItsUnit() throws IOException {
    assertThat(units())
        .extracting(unit -> unit.getFileName().toString())
        .containsExactly(
            "viking-adapter.service",
            "viking-scheduler.service",
            "viking-syncer.service",
            "viking.service");
  }

  @ParameterizedTest
  @MethodSource("units")
  void execStart_isACommandThatIsThere_withFlagsThatItKnows(Path unit) throws IOException {
    List<String> words = Arrays.asList(setting(unit, "ExecStart").split(" ", -1));

    assertThat(words.getFirst()).startsWith(HOME);
    assertThat(ROOT.resolve(words.getFirst().substring(HOME.length()))).isExecutable();
    Main.commandLine()
        .parseArgs(
            words.stream()
                .skip(1)
                .filter(word -> !word.equals("$VIKING_OPTIONS"))
                .map(word -> word.replace("%d", "/run/credentials/unit").replace("%S", "/var/lib"))
                .map(word -> word.replace("${VIKING_ADAPTER}", "tcp:127.0.0.1:7443"))
                .map(word -> word.replace("${VIKING_KUBELET_ADDRESS}", "10.0.0.7"))
                .toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("units")
  void credentials_areThoseThatTheCommandReads(Path unit) throws IOException {
    List<String> read =
        Arrays.stream(setting(unit, "ExecStart").split(" ", -1))
            .filter(word -> word.contains("%d/"))
            .map(word -> word.replaceAll(".*%d/", ""))
            .toList();

    assertThat(
            Files.readAllLines(unit).stream()
                .filter(line -> line.startsWith("LoadCredential="))
                .map(line -> line.substring("LoadCredential=".length()).replaceAll(":.*", "")))
        .containsExactlyInAnyOrderElementsOf(read);
  }

  @ParameterizedTest
  @MethodSource("units")
  void systemd_findsNothingWrong_andLittleThatIsOpen(Path unit) throws Exception {
    assumeTrue(
        Stream.of("/usr/bin/systemd-analyze", "/bin/systemd-analyze")
            .anyMatch(file -> Files.isExecutable(Path.of(file))),
        "there is no systemd-analyze on this machine");
    // What is in /opt/viking there is the clone here.
    Path copy =
        Files.writeString(
            directory.resolve(unit.getFileName()),
            Files.readString(unit).replace(HOME, ROOT + "/"));

    assertThat(run("systemd-analyze", "verify", "--man=no", copy.toString())).isEmpty();
    run(
        "systemd-analyze",
        "security",
        "--offline=true",
        "--threshold=" + EXPOSURE_TENTHS,
        "--no-pager",
        copy.toString());
  }

  private static String setting(Path unit, String name) throws IOException {
    return Files.readAllLines(unit).stream()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  /** What it printed; it must succeed. */
  private String run(String... command) throws Exception {
    Path output = Files.createTempFile(directory, "systemd", ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = process.waitFor();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(code).as(said).isZero();
    return said;
  }
}
