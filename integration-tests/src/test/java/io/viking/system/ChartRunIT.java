package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.controlplane.ApiServer;
import io.viking.controlplane.ControlPlane;
import io.viking.controlplane.ControlPlaneMode;
import io.viking.controlplane.ControlPlaneOptions;
import io.viking.controlplane.ControlPlanes;
import io.viking.controlplane.Environment;
import io.viking.controlplane.Progress;
import io.viking.controlplane.data.BinaryCache;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.DataDirectoryLock;
import io.viking.controlplane.ports.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * What the chart installs, in an API server that has nothing else of Viking: its pods' commands as
 * processes, with the ServiceAccounts' tokens, the certificates and the files that it mounts.
 */
class ChartRunIT {
  private static final String CHOOSES = "--labels=alibabacloud.com/eci=true";
  private static final String SCHEDULER = "jsonpath={.spec.schedulerName}";

  private static final Path CHART = Path.of("..", "deploy", "chart", "viking").toAbsolutePath();
  private static final String NAMESPACE = "viking-system";

  @TempDir private Path directory;
  private final Belongings closing = new Belongings();
  private Path kubectl = Path.of("");
  private Path admin = Path.of("");

  private record Child(Process process) implements AutoCloseable {
    @Override
    public void close() throws InterruptedException {
      process.destroy();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @AfterEach
  void stop() throws Exception {
    closing.close();
  }

  @Test
  void podThatChoosesZones_runs_byTheRightsAndCertificatesOfTheChart() throws Exception {
    Path helm = Helm.required();
    ApiServer server = controlPlane();
    admin = server.adminKubeconfig();
    String yaml =
        run(
            "",
            helm.toString(),
            "template",
            "--kube-version=1.36.3",
            "viking",
            CHART.toString(),
            "--include-crds",
            "-n",
            NAMESPACE);
    kubectl("", "create", "namespace", NAMESPACE);
    kubectl(yaml, "apply", "--server-side", "-f", "-");

    int port = Ports.free(new SecureRandom());
    List<Map<?, ?>> objects = objects(yaml);
    for (String part : List.of("adapter", "scheduler", "syncer")) {
      start(part, objects, server, port);
    }
    // The API server follows its own policies by a watch.
    Await.until(
        "the policy by which pods choose zones",
        () ->
            kubectl("", "run", "web", "--image=nginx", CHOOSES, "--dry-run=server", "-o", SCHEDULER)
                .equals("viking"));
    kubectl("", "run", "web", "--image=nginx", CHOOSES);
    try {
      Await.until(
          "the pod runs",
          () ->
              kubectl("", "get", "pod", "web", "-o", "jsonpath={.status.phase}").equals("Running"));
    } catch (ConditionTimeoutException missing) {
      throw new AssertionError(missing.getMessage() + " The parts said:\n" + said(), missing);
    }
    for (String part : List.of("scheduler", "syncer")) {
      assertThat(Files.readString(directory.resolve(part + ".log"))).doesNotContain("forbidden");
    }
  }

  private String said() throws IOException {
    var said = new StringBuilder();
    for (String part : List.of("adapter", "scheduler", "syncer")) {
      said.append(Files.readString(directory.resolve(part + ".log")));
    }
    return said.toString();
  }

  private ApiServer controlPlane() throws Exception {
    DataDirectory data =
        DataDirectory.resolve(Optional.of(directory.resolve("data")), Environment.system());
    DataDirectoryLock lock = data.acquire(Clock.systemUTC());
    closing.add(lock);
    ControlPlane controlPlane =
        ControlPlanes.open(
            lock,
            BinaryCache.resolve(Environment.system()),
            ControlPlaneOptions.defaults()
                .withMode(ControlPlaneMode.NATIVE)
                .withMetricsServer(false)
                .withUnsafeNoFsync(true),
            Environment.system(),
            Clock.systemUTC());
    closing.add(controlPlane);
    kubectl =
        ControlPlanes.kubectl(BinaryCache.resolve(Environment.system()), Environment.system());
    ApiServer server = controlPlane.start(Progress.silent());
    controlPlane.awaitControllers();
    return server;
  }

  /** As the pod of that Deployment would run it, with its files where this machine has them. */
  private void start(String part, List<Map<?, ?>> objects, ApiServer server, int adapterPort)
      throws Exception {
    Path mounts = Files.createDirectories(directory.resolve(part));
    String secret = part.equals("adapter") ? "viking-adapter-tls" : "viking-client-tls";
    secret(objects, secret, Files.createDirectories(mounts.resolve("tls")));
    secret(objects, "viking-kubelet-tls", Files.createDirectories(mounts.resolve("kubelet")));
    Path cluster = Files.createDirectories(mounts.resolve("cluster"));
    if (!part.equals("adapter")) {
      String account = directory.resolve("data/pki") + "/";
      Files.writeString(
          cluster.resolve("token"),
          kubectl("", "-n", NAMESPACE, "create", "token", "viking-" + part));
      Map<?, ?> map = find(objects, "ConfigMap", "viking-kubeconfig");
      String kubeconfig = ((Map<?, ?>) map.get("data")).get("kubeconfig").toString();
      Files.writeString(
          cluster.resolve("kubeconfig"),
          kubeconfig
              .replace("https://kubernetes.default.svc", server.server().toString())
              .replace("/var/run/secrets/kubernetes.io/serviceaccount/ca.crt", account + "ca.crt")
              .replace(
                  "/var/run/secrets/kubernetes.io/serviceaccount/token",
                  cluster.resolve("token").toString()));
    }
    List<String> arguments = new ArrayList<>();
    for (Object word : args(find(objects, "Deployment", "viking-" + part))) {
      arguments.add(
          word.toString()
              .replace("/etc/viking", mounts.toString())
              .replace("/var/lib/viking", mounts.toString())
              .replace("viking-adapter." + NAMESPACE + ".svc:7443", "127.0.0.1:" + adapterPort)
              .replace("tcp:0.0.0.0:7443", "tcp:127.0.0.1:" + adapterPort)
              .replace("$(POD_IP)", "127.0.0.1")
              .replace("--kubelet-port=10250", "--kubelet-port=" + server.kubelet().port())
              .replace("--http-address=0.0.0.0", "--http-address=127.0.0.1")
              .replaceAll("--http-port=.*", "--http-port=0"));
    }
    closing.add(new Child(VikingProcess.start(directory.resolve(part + ".log"), arguments)));
  }

  private static void secret(List<Map<?, ?>> objects, String name, Path into) throws IOException {
    Map<?, ?> data = (Map<?, ?>) find(objects, "Secret", name).get("data");
    for (var file : data.entrySet()) {
      Files.write(
          into.resolve(file.getKey().toString()),
          Base64.getDecoder().decode(file.getValue().toString()));
    }
  }

  private static List<?> args(Map<?, ?> deployment) {
    Map<?, ?> pod = (Map<?, ?>) ((Map<?, ?>) deployment.get("spec")).get("template");
    List<?> containers = (List<?>) ((Map<?, ?>) pod.get("spec")).get("containers");
    return (List<?>) ((Map<?, ?>) containers.getFirst()).get("args");
  }

  private static Map<?, ?> find(List<Map<?, ?>> objects, String kind, String name) {
    return objects.stream()
        .filter(object -> kind.equals(object.get("kind")))
        .filter(object -> name.equals(((Map<?, ?>) object.get("metadata")).get("name")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the chart has no " + kind + " " + name));
  }

  private static List<Map<?, ?>> objects(String yaml) {
    return StreamSupport.stream(new Yaml().loadAll(yaml).spliterator(), false)
        .filter(Map.class::isInstance)
        .<Map<?, ?>>map(object -> (Map<?, ?>) object)
        .toList();
  }

  private String kubectl(String input, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(kubectl.toString()));
    command.addAll(List.of(arguments));
    return run(input, command.toArray(String[]::new));
  }

  private String run(String input, String... command) throws Exception {
    Path in = Files.writeString(Files.createTempFile(directory, "run", ".in"), input);
    Path out = Files.createTempFile(directory, "run", ".out");
    Path err = Files.createTempFile(directory, "run", ".err");
    var builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("KUBECONFIG", admin.toString());
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s has ended", command[0]).isTrue();
    assertThat(process.exitValue()).as("%s: %s", List.of(command), Files.readString(err)).isZero();
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
