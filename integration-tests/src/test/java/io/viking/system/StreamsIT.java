package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** exec, cp, attach, port-forward and logs, from kubectl through the API server to the cloud. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamsIT {
  private final Cluster cluster = SharedViking.cluster();
  private Kubectl kubectl;
  private String namespace = "";

  /** One for all: none of them changes it. */
  @BeforeAll
  void runAPod() throws Exception {
    kubectl = new Kubectl(SharedViking.process());
    namespace = cluster.newNamespace("streams");
    does("run", "web", "--image=nginx", "--port=8080");
    does("wait", "pod/web", "--for=condition=Ready", "--timeout=60s");
  }

  @AfterAll
  void removeNamespace() throws Exception {
    cluster.deleteNamespace(namespace);
  }

  private String does(String... arguments) throws Exception {
    return kubectl.does(in(arguments));
  }

  private String[] in(String... arguments) {
    return Stream.concat(Stream.of("-n", namespace), Stream.of(arguments)).toArray(String[]::new);
  }

  private static int end(Process process) throws InterruptedException {
    assertThat(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void exec_printsAndEndsAsTheCommandDid() throws Exception {
    assertThat(does("exec", "web", "--", "echo", "hello")).isEqualTo("hello\n");

    var failed = kubectl.run(in("exec", "web", "--", "sh", "-c", "exit 7"));
    assertThat(failed.exitCode()).isEqualTo(7);
    assertThat(failed.output()).contains("command terminated with exit code 7");
    assertThat(kubectl.run(in("exec", "web", "--", "no-such-command")).exitCode()).isEqualTo(127);
  }

  @Test
  void execInATerminal_promptsTakesSizesAndKeys_andEndsAsItsShell() throws Exception {
    assumeTrue(Terminal.lacking().isEmpty(), Terminal.lacking());
    try (var terminal = new Terminal(kubectl, 37, 101, in("exec", "-it", "web", "--", "sh"))) {
      terminal.awaits(Terminal.PROMPT);
      terminal.shows("echo hello", "hello");
      terminal.shows("stty size", "37 101");
      terminal.resize(50, 132);
      terminal.comesToShow("stty size", "50 132");
      terminal.types("sleep 600\r");
      terminal.comesToShow("\u0003echo $?", "130");
      terminal.types("exit 7\r");

      assertThat(terminal.end()).isEqualTo(7);
    }
  }

  @Test
  void exec_ofAContainerThatDoesNotRun_saysSo() throws Exception {
    kubectl.applies(
        namespace,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: prepared}
        spec:
          initContainers: [{name: prepare, image: busybox}]
          containers: [{name: main, image: nginx}]
        """);
    does("wait", "pod/prepared", "--for=condition=Ready", "--timeout=60s");

    var refused = kubectl.run(in("exec", "prepared", "-c", "prepare", "--", "echo", "hello"));

    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.output()).contains("cannot exec in a stopped container");
  }

  @Test
  void exec_3MbIn_allArrive(@TempDir Path directory) throws Exception {
    Path input = directory.resolve("input");
    Files.write(input, new byte[3 << 20]);
    Path output = directory.resolve("output");

    int code =
        end(
            kubectl
                .command(in("exec", "-i", "web", "--", "wc", "-c"))
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start());

    assertThat(Files.readString(output).strip()).isEqualTo(Integer.toString(3 << 20));
    assertThat(code).isZero();
  }

  @Test
  void exec_10MbOut_allArrive(@TempDir Path directory) throws Exception {
    Path output = directory.resolve("output");

    int code =
        end(
            kubectl
                .command(in("exec", "web", "--", "head", "-c", "10485760", "/dev/zero"))
                .redirectOutput(output.toFile())
                .start());

    assertThat(code).isZero();
    assertThat(Files.size(output)).isEqualTo(10 << 20);
  }

  @Test
  void cp_thereAndBack_isTheSameFile(@TempDir Path directory) throws Exception {
    byte[] content = new byte[1 << 20];
    new Random(7).nextBytes(content);
    Path there = Files.write(directory.resolve("there"), content);
    Path back = directory.resolve("back");

    does("cp", there.toString(), "web:/tmp/copy");
    does("cp", "web:/tmp/copy", back.toString());

    assertThat(Files.readAllBytes(back)).isEqualTo(content);
  }

  @Test
  void attach_showsWhatComesAndEndsWithTheContainer() throws Exception {
    does(
        "run",
        "short",
        "--image=busybox",
        "--restart=Never",
        "--annotations=sim.viking.io/run-seconds=15");
    does("wait", "pod/short", "--for=condition=Ready", "--timeout=60s");

    var attached = kubectl.run(in("attach", "short"));

    assertThat(attached.output()).contains("exit");
    assertThat(attached.exitCode()).isZero();
  }

  @Test
  void logsFollowed_endWithTheContainer() throws Exception {
    does(
        "run",
        "brief",
        "--image=busybox",
        "--restart=Never",
        "--annotations=sim.viking.io/run-seconds=5");
    does("wait", "pod/brief", "--for=jsonpath={.status.phase}=Running", "--timeout=60s");

    assertThat(does("logs", "-f", "brief", "--timestamps")).contains("simulated").contains("exit");
  }

  @Test
  void portForward_manyConnections_echo() throws Exception {
    try (var forwarding = new Forwarding(kubectl, namespace, "pod/web", 8080, 8081)) {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        sockets.add(forwarding.connect(8080));
      }
      for (int i = 0; i < 20; i++) {
        Forwarding.assertEchoes(sockets.get(i), "hello " + i);
        sockets.get(i).close();
      }
      try (var nobody = forwarding.connect(8081)) {
        assertThat(readOrReset(nobody)).isEqualTo(-1);
      }
      assertThat(forwarding.awaitLine("refused")).contains("error forwarding port 8081");
    }
  }

  private static int readOrReset(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (IOException reset) {
      return -1;
    }
  }
}
