package io.viking.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.controlplane.Environment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmFlagsTest {
  @ParameterizedTest
  @ValueSource(strings = {"scheduler", "syncer", "adapter"})
  void flags_areThoseOfEveryProcess_andOfItsKind_withoutComments(String kind) {
    assertThat(JvmFlags.of(kind, environment(Map.of())))
        .startsWith("-XX:+UseCompactObjectHeaders")
        .contains("-XX:+ExitOnOutOfMemoryError")
        .allMatch(flag -> flag.startsWith("-"));
  }

  @Test
  void flagsOfTheUser_comeLast_soThatTheyWin() {
    assertThat(JvmFlags.of("syncer", environment(Map.of("VIKING_JAVA_OPTS", " -Xmx1g  -Xlog:gc "))))
        .endsWith("-Xmx1g", "-Xlog:gc");
  }

  private static Environment environment(Map<String, String> variables) {
    return new Environment(variables, Path.of("/home/somebody"));
  }
}
