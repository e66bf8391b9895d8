package io.viking.system.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cli.server.StatusReport;
import io.viking.system.Await;
import io.viking.system.Cluster;
import io.viking.system.Kubectl;
import io.viking.system.VikingProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is secret is in the files of its owner, and nowhere else. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks at processes by /proc")
class SecretsIT {
  private static final String PASSWORD = "correct-horse-battery-staple";
  private static final String MOUNTED = "tr0ub4dor-and-three-more-words";

  /** Where objects and instances are kept, which have what they refer to in them. */
  private static final Set<String> STORES = Set.of("etcd", "sim");

  @TempDir private Path directory;

  @Test
  void secrets_areInPrivateFiles_andNotInLogsEventsOrProcessLists() throws Exception {
    try (VikingProcess viking =
        VikingProcess.up(
            directory.resolve("data"), "--apart", "--adapter-transport", "tcp", "--verbose")) {
      Cluster cluster = viking.cluster();
      var kubectl = new Kubectl(viking);
      String namespace = cluster.newNamespace("secrets");
      kubectl.applies(namespace, workload());
      kubectl.does("-n", namespace, "wait", "pod/app", "--for=condition=Ready", "--timeout=60s");
      Await.until(
          "the pod whose Secret is not there is told so",
          () -> cluster.events(namespace, "lost").stream().anyMatch(e -> e.contains("not found")));

      KnownSecrets secrets = KnownSecrets.of(viking.dataDirectory());
      secrets.add("Secret in a variable", PASSWORD);
      secrets.add("Secret in a file", MOUNTED);
      secrets.add(
          "token of the pod",
          inPod(kubectl, namespace, "/var/run/secrets/kubernetes.io/serviceaccount/token"));
      assertThat(inPod(kubectl, namespace, "/login/mounted")).isEqualTo(MOUNTED);
      assertThat(secrets.count()).as("keys, tokens and Secrets").isGreaterThan(25);

      files(viking.dataDirectory(), secrets);
      processes(viking, secrets);
      answers(kubectl, namespace, secrets);
      kubectl.does("delete", "namespace", namespace, "--wait=false");
    }
  }

  private static String workload() {
    return """
        apiVersion: v1
        kind: Secret
        metadata: {name: login}
        stringData: {password: %s, mounted: %s}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: app}
        spec:
          volumes: [{name: login, secret: {secretName: login}}]
          containers:
          - name: main
            image: nginx
            env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: login, key: password}}}]
            volumeMounts: [{name: login, mountPath: /login}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: lost}
        spec:
          containers:
          - name: main
            image: nginx
            env:
            - {name: PASSWORD, valueFrom: {secretKeyRef: {name: login, key: password}}}
            - {name: OTHER, valueFrom: {secretKeyRef: {name: absent, key: password}}}
        """
        .formatted(PASSWORD, MOUNTED);
  }

  private static String inPod(Kubectl kubectl, String namespace, String file) throws Exception {
    return kubectl.does("-n", namespace, "exec", "app", "--", "cat", file);
  }

  /** All below the data directory: who may read it, and what is in it. */
  private static void files(Path data, KnownSecrets secrets) throws Exception {
    Map<String, List<String>> found = new LinkedHashMap<>();
    List<String> open = new ArrayList<>();
    List<Path> all;
    int left = 0;
    try (Stream<Path> below = Files.walk(data)) {
      all = below.toList();
    }
    for (Path path : all) {
      String name = data.relativize(path).toString();
      try {
        boolean isDirectory = Files.isDirectory(path);
        boolean isSocket = !isDirectory && !Files.isRegularFile(path);
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
        boolean isOwnLog = name.startsWith("logs/viking");
        if (!isSocket && !isOwnLog && isForOthers(mode)) {
          open.add(name);
        }
        if (Files.isRegularFile(path)) {
          List<String> inIt = secrets.in(Files.readAllBytes(path));
          if (!inIt.isEmpty()) {
            found.put(name, inIt);
          }
        }
      } catch (NoSuchFileException gone) {
        // The cluster lives: files come and go.
        left++;
      }
    }
    assertThat(left).as("files that went meanwhile").isLessThan(all.size() / 2);
    assertThat(open).as("files and directories that others may read").isEmpty();
    assertThat(found.keySet()).contains("pki/tokens.csv", "admin.kubeconfig", "pki/ca.key");
    assertThat(found)
        .as("files that have secrets in them")
        .allSatisfy(
            (name, inIt) ->
                assertThat(
                        name.startsWith("pki/")
                            || name.endsWith(".kubeconfig")
                            || name.matches("run/[^/]+\\.json")
                            || STORES.contains(name.replaceAll("/.*", "")))
                    .as("%s has %s", name, inIt)
                    .isTrue());
  }

  private static boolean isForOthers(Set<PosixFilePermission> mode) {
    return mode.stream().anyMatch(permission -> !permission.name().startsWith("OWNER_"));
  }

  /** What everybody on this machine sees of the processes, and what their owner does. */
  private static void processes(VikingProcess viking, KnownSecrets secrets) throws Exception {
    StatusReport status = viking.status();
    Map<String, Long> pids = new LinkedHashMap<>();
    pids.put("viking", status.pid());
    status.parts().stream()
        .filter(part -> part.pid() != 0)
        .forEach(part -> pids.put(part.name(), part.pid()));
    assertThat(pids.keySet())
        .contains("etcd", "kube-apiserver", "simulated-cloud", "syncer", "scheduler");
    for (var process : pids.entrySet()) {
      for (String file : List.of("cmdline", "environ")) {
        byte[] content = Files.readAllBytes(Path.of("/proc", process.getValue().toString(), file));
        assertThat(secrets.in(content)).as("%s of %s", file, process.getKey()).isEmpty();
      }
    }
  }

  /** What the API server tells to those who may read pods and events, but no Secrets. */
  private static void answers(Kubectl kubectl, String namespace, KnownSecrets secrets)
      throws Exception {
    for (String kind : List.of("events", "pods", "nodes", "leases")) {
      String json = kubectl.does("get", kind, "--all-namespaces", "-o", "json");
      assertThat(json).as(kind).contains("\"items\"");
      assertThat(secrets.in(json.getBytes(StandardCharsets.UTF_8))).as(kind).isEmpty();
    }
    String events = kubectl.does("-n", namespace, "get", "events");
    assertThat(events).contains("pod/lost");
  }
}
