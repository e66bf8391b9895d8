package io.viking.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindJdkTest {
  private static final Path SCRIPT = Shell.ROOT.resolve("deploy/cli/src/main/sh/find-jdk.sh");

  @TempDir Path machine;
  private Path home;
  private Path tools;

  @BeforeEach
  void emptyMachine() throws IOException {
    home = Files.createDirectories(machine.resolve("home/a user"));
    // The programs that the script needs, and no javac of the machine that runs the test.
    tools = Shell.tools(machine.resolve("tools"), "dirname", "basename", "readlink");
  }

  @Test
  void javaHome_withFittingJdk_isTaken() throws Exception {
    Path jdk = Shell.fakeJdk(machine.resolve("my jdk"), "25.0.3");
    Shell.fakeJdk(machine.resolve("usr/lib/jvm/another"), "26");

    assertThat(find("", Map.of("JAVA_HOME", jdk.toString())).lines())
        .containsExactly(jdk.toString());
  }

  @Test
  void javaHome_tooOld_isPassedOver() throws Exception {
    Path old = Shell.fakeJdk(machine.resolve("usr/lib/jvm/a-17"), "17.0.15");
    Path jdk = Shell.fakeJdk(machine.resolve("usr/lib/jvm/b-25"), "25");

    assertThat(find("", Map.of("JAVA_HOME", old.toString())).lines())
        .containsExactly(jdk.toString());
  }

  @Test
  void javacOnPath_behindSymbolicLinks_leadsToItsHome() throws Exception {
    Path jdk = Shell.fakeJdk(machine.resolve("elsewhere/jdk"), "25.0.1");
    Path bin = Files.createDirectories(machine.resolve("bin"));
    Files.createSymbolicLink(machine.resolve("javac-link"), jdk.resolve("bin/javac"));
    Files.createSymbolicLink(bin.resolve("javac"), Path.of("../javac-link"));

    assertThat(find(bin.toString(), Map.of()).lines()).containsExactly(jdk.toRealPath().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usr/lib/jvm/temurin-25",
        "usr/java/jdk-25",
        "opt/jdk-25",
        "opt/java/openjdk",
        "usr/local/openjdk-25",
        "home/a user/.sdkman/candidates/java/25-tem",
        "home/a user/.jdks/temurin-25",
        "home/a user/.asdf/installs/java/temurin-25",
        "home/a user/.local/share/mise/installs/java/25",
        "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
        "home/a user/Library/Java/JavaVirtualMachines/25.jdk/Contents/Home",
        "opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home"
      })
  void usualPlaces_holdingAJdk_areFound(String place) throws Exception {
    Path jdk = Shell.fakeJdk(machine.resolve(place), "25.0.3");

    assertThat(find("", Map.of()).lines()).containsExactly(jdk.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "25.0.3,true",
    "25-ea,true",
    "26,true",
    "100.0.1,true",
    "24.0.2,false",
    "1.8.0_402,false"
  })
  void release_byItsVersion_isTakenOrNot(String version, boolean taken) throws Exception {
    Shell.fakeJdk(machine.resolve("opt/jdk"), version);

    assertThat(find("", Map.of()).exitCode() == 0).isEqualTo(taken);
  }

  @Test
  void runtimeWithoutCompiler_isNoJdk() throws Exception {
    Path jre = Shell.fakeJdk(machine.resolve("opt/jre"), "25");
    Files.delete(jre.resolve("bin/javac"));

    assertThat(find("", Map.of()).exitCode()).isEqualTo(69);
  }

  @Test
  void macOs_asksJavaHome() throws Exception {
    Path jdk = Shell.fakeJdk(machine.resolve("hidden/jdk"), "25");
    Shell.executable(
        machine.resolve("usr/libexec/java_home"),
        "#!/bin/sh",
        "[ \"$1\" = -v ] && [ \"$2\" = 25+ ] && echo '" + jdk + "'");

    assertThat(find("", Map.of()).lines()).containsExactly(jdk.toString());
  }

  @Test
  void noJdk_saysInOneSentenceWhatToInstall() throws Exception {
    Shell.fakeJdk(machine.resolve("usr/lib/jvm/seventeen"), "17.0.15");

    Shell.Result result = find("", Map.of());

    assertThat(result.exitCode()).isEqualTo(69);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .startsWith("viking: needs a JDK 25 or newer (found only JDK 17 in " + machine)
        .contains("install one")
        .endsWith("set JAVA_HOME to where it is.");
  }

  private Shell.Result find(String pathBefore, Map<String, String> variables) throws Exception {
    var environment = new java.util.HashMap<>(variables);
    environment.put("HOME", home.toString());
    environment.put("PATH", pathBefore.isEmpty() ? tools.toString() : pathBefore + ":" + tools);
    environment.put("VIKING_JDK_ROOT", machine.toString());
    return Shell.run(
        machine,
        environment,
        "/bin/sh",
        "-euc",
        ". \"$0\"; require_jdk; echo \"$JAVA_HOME\"",
        SCRIPT.toString());
  }
}
