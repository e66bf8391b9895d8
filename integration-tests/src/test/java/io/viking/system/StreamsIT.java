package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** exec, cp, attach, port-forward and logs, from kubectl through the API server to the cloud. */
class StreamsIT {
  private static final Pattern FORWARDING = Pattern.compile("127\\.0\\.0\\.1:(\\d+) -> (\\d+)");

  private final Cluster cluster = SharedViking.cluster();
  private Kubectl kubectl;
  private String namespace = "";

  @BeforeEach
  void runAPod() throws Exception {
    kubectl = new Kubectl(SharedViking.process());
    namespace = cluster.newNamespace("streams");
    does("run", "web", "--image=nginx", "--port=8080");
    does("wait", "pod/web", "--for=condition=Ready", "--timeout=60s");
  }

  @AfterEach
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
        "short",
        "--image=busybox",
        "--restart=Never",
        "--annotations=sim.viking.io/run-seconds=5");
    does("wait", "pod/short", "--for=jsonpath={.status.phase}=Running", "--timeout=60s");

    assertThat(does("logs", "-f", "short", "--timestamps")).contains("simulated").contains("exit");
  }

  @Test
  void portForward_manyConnections_echo() throws Exception {
    List<String> printed = new ArrayList<>();
    Process forward =
        kubectl
            .command(in("port-forward", "pod/web", ":8080", ":8081"))
            .redirectErrorStream(true)
            .start();
    try (var lines = forward.inputReader()) {
      int echo = localPort(lines.readLine(), 8080);
      String ipv6OrNext = lines.readLine();
      String next = ipv6OrNext.contains("[::1]") ? lines.readLine() : ipv6OrNext;
      int refused = localPort(next, 8081);
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        sockets.add(new Socket("127.0.0.1", echo));
      }
      for (int i = 0; i < 20; i++) {
        byte[] hello = ("hello " + i).getBytes(StandardCharsets.UTF_8);
        sockets.get(i).getOutputStream().write(hello);
        assertThat(sockets.get(i).getInputStream().readNBytes(hello.length)).isEqualTo(hello);
        sockets.get(i).close();
      }
      try (var nobody = new Socket("127.0.0.1", refused)) {
        assertThat(readOrReset(nobody)).isEqualTo(-1);
      }
      String line;
      while ((line = lines.readLine()) != null) {
        printed.add(line);
        if (line.contains("8081") && line.contains("refused")) {
          break;
        }
      }
      assertThat(printed).last().asString().contains("error forwarding port 8081");
    } finally {
      forward.destroy();
      forward.waitFor();
    }
  }

  private static int readOrReset(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (IOException reset) {
      return -1;
    }
  }

  private static int localPort(String line, int port) {
    Matcher matcher = FORWARDING.matcher(line);
    assertThat(matcher.find()).as(line).isTrue();
    assertThat(matcher.group(2)).isEqualTo(Integer.toString(port));
    return Integer.parseInt(matcher.group(1));
  }
}
