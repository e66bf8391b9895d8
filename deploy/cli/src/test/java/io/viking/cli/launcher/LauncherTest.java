package io.viking.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The launcher in a project of its own, with a Maven and a Java that only tell how they are called.
 */
class LauncherTest {
  private static final String JVM = "deploy/cli/src/main/resources/io/viking/cli/jvm";

  @TempDir Path directory;
  private Path project;
  private Path source;

  @BeforeEach
  void project() throws IOException {
    project = Files.createDirectories(directory.resolve("a project"));
    Path scripts = Files.createDirectories(project.resolve("deploy/cli/src/main/sh"));
    for (String script : new String[] {"find-jdk.sh", "build.sh"}) {
      Files.copy(
          Shell.ROOT.resolve("deploy/cli/src/main/sh").resolve(script), scripts.resolve(script));
    }
    Files.copy(Shell.ROOT.resolve("viking"), project.resolve("viking"));
    source = project.resolve("kube/src/main/java/A.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "class A {}");
    Shell.fakeJdk(directory.resolve("jdk"), "25.0.3");
    Shell.executable(
        directory.resolve("jdk/bin/java"),
        "#!/bin/sh",
        "printf 'java:'; printf ' <%s>' \"$@\"; echo; echo \"in $PWD\"");
    mavenBuilds("first");
  }

  @Test
  void firstCall_builds_showsProgress_andStartsJavaWithTheArguments() throws Exception {
    Shell.Result result = viking("kubectl", "get", "a b");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err().lines())
        .containsExactly(
            "viking: building viking-proto [1/2]", "viking: building viking-cli [2/2]");
    assertThat(result.lines().getFirst())
        .contains("<" + project.toRealPath() + "/deploy/cli/target/run/")
        .endsWith("/lib/*> <io.viking.cli.Main> <kubectl> <get> <a b>");
    assertThat(result.lines()).contains("in " + directory.toRealPath());
  }

  @Test
  void secondCall_withNothingChanged_doesNotBuild() throws Exception {
    viking("version");

    assertThat(viking("version").err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void call_afterASourceChanged_builds() throws Exception {
    viking("version");
    Files.writeString(source, "class A { int b; }");

    viking("version");

    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void call_afterASourceWasDeleted_builds() throws Exception {
    viking("version");
    Files.delete(source);

    viking("version");

    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void call_afterATestChanged_doesNotBuild() throws Exception {
    Path test = Files.createDirectories(project.resolve("kube/src/test/java")).resolve("T.java");
    Files.writeString(test, "class T {}");
    viking("version");
    Files.writeString(test, "class T { int a; }");

    viking("version");

    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void call_withSkipBuild_runsWhatWasBuiltBefore() throws Exception {
    viking("version");
    Files.writeString(source, "class A { int b; }");

    assertThat(viking(Map.of("VIKING_SKIP_BUILD", "1"), "version").exitCode()).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void call_withSkipBuildAndNothingBuilt_saysSo() throws Exception {
    Shell.Result result = viking(Map.of("VIKING_SKIP_BUILD", "1"), "version");

    assertThat(result.exitCode()).isEqualTo(69);
    assertThat(result.err())
        .isEqualTo("viking: nothing is built yet: run it once without VIKING_SKIP_BUILD.\n");
  }

  @Test
  void build_thatFails_showsMavensErrorsAndTheLog_andIsRepeated() throws Exception {
    Shell.executable(
        directory.resolve("bin/mvn"),
        "#!/bin/sh",
        "echo '[INFO] Building viking-kube 0.1 [1/2]'",
        "echo '[ERROR] A.java:[1,2] cannot find symbol'",
        "exit 1");

    Shell.Result result = viking("version");

    assertThat(result.exitCode()).isEqualTo(70);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines())
        .containsExactly(
            "viking: building viking-kube [1/2]",
            "[ERROR] A.java:[1,2] cannot find symbol",
            "viking: the build failed; all of Maven's output is in "
                + project.toRealPath()
                + "/deploy/cli/target/run/build.log");

    mavenBuilds("second");
    assertThat(viking("version").exitCode()).isZero();
  }

  @Test
  void build_leavesTheDistributionThatARunningCommandUses() throws Exception {
    String before = viking("version").lines().getFirst();
    Path jarBefore = jar(before);
    Files.writeString(source, "class A { int b; }");
    mavenBuilds("second");

    String after = viking("version").lines().getFirst();

    assertThat(jar(after)).isNotEqualTo(jarBefore).hasContent("second\n");
    assertThat(jarBefore).hasContent("first\n");
  }

  @Test
  void call_throughASymbolicLink_findsItsProject() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("a project/viking"));

    assertThat(run(link, Map.of(), "version").exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "up --profile eci, up",
    "--debug up, up",
    "up --apart, supervisor",
    "up --replicas 2, supervisor",
    "up --replicas=2, supervisor",
    "--debug up --profile eci --apart, supervisor",
    "up --detach, command",
    "up --apart --detach, command",
    "scheduler --adapter unix:/x, scheduler",
    "syncer --adapter unix:/x, syncer",
    "adapter sim --listen unix:/x, adapter",
    "adapter sim --help, command",
    "bench storm --pods 3000, bench",
    "kubectl rollout up, command",
    "version, command"
  })
  void eachKindOfProcess_hasAJvmOfItsOwn(String line, String kind) throws Exception {
    assertThat(viking(line.split(" ")).out()).contains("/every.args>", "/" + kind + ".args>");
    assertThat(Shell.ROOT.resolve(JVM).resolve(kind + ".args")).isRegularFile();
  }

  @Test
  void call_withoutMaven_saysWhatToInstall() throws Exception {
    Path tools =
        Shell.tools(directory.resolve("tools"), "dirname", "basename", "readlink", "find", "head");

    Shell.Result result =
        run(project.resolve("viking"), Map.of("PATH", tools.toString()), "version");

    assertThat(result.exitCode()).isEqualTo(69);
    assertThat(result.err()).startsWith("viking: needs Maven (mvn) 3.8.7 or newer");
  }

  private void mavenBuilds(String content) throws IOException {
    Shell.executable(
        directory.resolve("bin/mvn"),
        "#!/bin/sh",
        "echo build >>'" + directory.resolve("builds") + "'",
        "echo '[INFO] Building viking-proto 0.1.0-SNAPSHOT                  [1/2]'",
        "echo '[INFO] Compiling'",
        "echo '[INFO] Building viking-cli 0.1.0-SNAPSHOT                    [2/2]'",
        "mkdir -p deploy/cli/target/viking/lib",
        "echo " + content + " >deploy/cli/target/viking/lib/viking-cli.jar");
  }

  private int builds() throws IOException {
    return Files.readAllLines(directory.resolve("builds")).size();
  }

  private static Path jar(String javaLine) {
    String end = "/lib/*>";
    int to = javaLine.indexOf(end);
    int from = javaLine.lastIndexOf('<', to) + 1;
    return Path.of(javaLine.substring(from, to), "lib/viking-cli.jar");
  }

  private Shell.Result viking(String... arguments) throws Exception {
    return viking(Map.of(), arguments);
  }

  private Shell.Result viking(Map<String, String> variables, String... arguments) throws Exception {
    return run(project.resolve("viking"), variables, arguments);
  }

  private Shell.Result run(Path launcher, Map<String, String> variables, String... arguments)
      throws Exception {
    var environment = new HashMap<String, String>();
    environment.put("PATH", Shell.path(directory.resolve("bin")));
    environment.put("HOME", directory.toString());
    environment.put("JAVA_HOME", directory.resolve("jdk").toString());
    environment.putAll(variables);
    var command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
    command.addAll(List.of(arguments));
    return Shell.run(directory, environment, command.toArray(String[]::new));
  }
}
