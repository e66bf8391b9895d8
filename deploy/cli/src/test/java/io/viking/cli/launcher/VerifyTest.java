package io.viking.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
  @TempDir Path directory;
  private Path project;
  private Path bin;

  @BeforeEach
  void project() throws IOException {
    project = Files.createDirectories(directory.resolve("a project"));
    bin = directory.resolve("bin");
    Shell.fakeJdk(directory.resolve("jdk"), "25.0.3");
    Path scripts = Files.createDirectories(project.resolve("deploy/cli/src/main/sh"));
    for (String script : new String[] {"find-jdk.sh", "totals.awk"}) {
      Files.copy(
          Shell.ROOT.resolve("deploy/cli/src/main/sh").resolve(script), scripts.resolve(script));
    }
    Files.copy(Shell.ROOT.resolve("verify"), project.resolve("verify"));
  }

  @Test
  void verify_afterMavenPassed_endsWithTheTotalOfAllReports() throws Exception {
    mavenWrites(
        0,
        "a/target/surefire-reports/TEST-a.OneTest.xml",
        """
        <testsuite name="a.OneTest" time="0.1" tests="5" errors="0" skipped="2" failures="0">
          <testcase name="works" classname="a.OneTest" time="0.1"/>
          <testcase name="k3s_inDocker_starts" classname="a.OneTest" time="0.1">
            <skipped message="no Docker engine answers: start one &amp; try again"/>
          </testcase>
          <testcase name="usage_isMeasured" classname="a.OneTest$Usage" time="0.1">
            <skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: Assumption failed: the pool does not measure usage
          at a.OneTest.onlyIf(OneTest.java:72)
        ]]></skipped>
          </testcase>
          <system-out><![CDATA[
        <testsuite tests="100" errors="0" skipped="0" failures="100">
        ]]></system-out>
        </testsuite>
        """,
        "b/target/failsafe-reports/TEST-b.TwoIT.xml",
        """
        <testsuite name="b.TwoIT" tests="3" errors="0" skipped="0" failures="0">
        </testsuite>
        """);

    Shell.Result result = verify();

    assertThat(result.exitCode()).isZero();
    assertThat(result.lines())
        .endsWith(
            "skipped: OneTest.k3s_inDocker_starts: no Docker engine answers: start one & try again",
            "skipped: OneTest$Usage.usage_isMeasured: the pool does not measure usage",
            "6 passed, 0 failed, 2 skipped");
  }

  @Test
  void verify_afterMavenFailed_keepsItsExitCodeAndCountsFailuresAndErrors() throws Exception {
    mavenWrites(
        7,
        "a/target/surefire-reports/TEST-a.OneTest.xml",
        "<testsuite name=\"a.OneTest\" tests=\"5\" errors=\"1\" skipped=\"0\" failures=\"2\"/>\n");

    Shell.Result result = verify("-pl", "a b");

    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.lines()).startsWith("maven: verify -pl a b");
    assertThat(result.lastLine()).isEqualTo("2 passed, 3 failed, 0 skipped");
  }

  @Test
  void verify_withReportsOfAnEarlierRun_doesNotCountThem() throws Exception {
    Path old = project.resolve("a/target/surefire-reports/TEST-a.OldTest.xml");
    Files.createDirectories(old.getParent());
    Files.writeString(old, "<testsuite tests=\"9\" errors=\"0\" skipped=\"0\" failures=\"9\"/>\n");
    Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    mavenWrites(0);

    assertThat(verify().lastLine()).isEqualTo("0 passed, 0 failed, 0 skipped");
  }

  @Test
  void verify_withoutMaven_saysWhatToInstall() throws Exception {
    Path none = Shell.tools(directory.resolve("none"), "dirname", "basename", "readlink");

    Shell.Result result =
        Shell.run(
            project, environment(none.toString()), "/bin/sh", project.resolve("verify").toString());

    assertThat(result.exitCode()).isEqualTo(69);
    assertThat(result.err()).startsWith("viking: needs Maven (mvn) 3.8.7 or newer");
  }

  /** A Maven that writes these reports (path, content, path, content …) and ends with a code. */
  private void mavenWrites(int exitCode, String... reports) throws IOException {
    var lines = new java.util.ArrayList<String>();
    lines.add("#!/bin/sh");
    lines.add("echo \"maven: $*\"");
    for (int i = 0; i < reports.length; i += 2) {
      lines.add("mkdir -p \"$(dirname " + reports[i] + ")\"");
      lines.add("cat >" + reports[i] + " <<'REPORT'\n" + reports[i + 1] + "REPORT");
    }
    lines.add("exit " + exitCode);
    Shell.executable(bin.resolve("mvn"), lines.toArray(String[]::new));
  }

  private Shell.Result verify(String... arguments) throws Exception {
    var command = new java.util.ArrayList<>(java.util.List.of("/bin/sh"));
    command.add(project.resolve("verify").toString());
    command.addAll(java.util.List.of(arguments));
    return Shell.run(directory, environment(Shell.path(bin)), command.toArray(String[]::new));
  }

  private Map<String, String> environment(String path) {
    return Map.of(
        "PATH",
        path,
        "HOME",
        directory.toString(),
        "JAVA_HOME",
        directory.resolve("jdk").toString());
  }
}
