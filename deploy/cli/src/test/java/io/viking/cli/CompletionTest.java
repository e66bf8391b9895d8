package io.viking.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  @Test
  void bash_acceptsTheScriptAndCompletesACommand(@TempDir Path directory) throws Exception {
    Path script = directory.resolve("viking.bash");
    Files.writeString(script, completion("bash"));

    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                ". \"$0\"; COMP_WORDS=(viking sta) COMP_CWORD=1; _complete_viking; echo ${COMPREPLY[@]}",
                script.toString())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
        .isEqualTo("status");
    assertThat(bash.waitFor()).isZero();
  }

  @Test
  void fish_knowsCommandsOptionsAndValues() {
    assertThat(completion("fish").lines())
        .contains("complete -c viking -f")
        .anyMatch(line -> line.contains("__fish_use_subcommand' -a status -d "))
        .anyMatch(
            line ->
                line.contains("__fish_seen_subcommand_from up' -l control-plane -r")
                    && line.contains("'auto native k3s external'"))
        .noneMatch(line -> line.contains("--background") || line.contains("-l background"));
  }

  private static String completion(String shell) {
    var out = new StringWriter();
    assertThat(Main.commandLine().setOut(new PrintWriter(out)).execute("completion", shell))
        .isZero();
    return out.toString();
  }
}
