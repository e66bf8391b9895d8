package io.viking.system;

import static io.viking.system.Workloads.container;
import static io.viking.system.Workloads.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapVolumeSource;
import io.kubernetes.client.openapi.models.V1DownwardAPIVolumeFile;
import io.kubernetes.client.openapi.models.V1DownwardAPIVolumeSource;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1EnvVarSource;
import io.kubernetes.client.openapi.models.V1ObjectFieldSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1SecretKeySelector;
import io.kubernetes.client.openapi.models.V1SecretVolumeSource;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pods refer to: waited for, optional, and followed while they run. */
class ReferencesIT {
  private final Cluster cluster = SharedViking.cluster();
  private final Kubectl kubectl;
  private String namespace = "";

  ReferencesIT() throws IOException {
    kubectl = new Kubectl(SharedViking.process());
  }

  @BeforeEach
  void makeNamespace() throws Exception {
    namespace = cluster.newNamespace("references");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    cluster.deleteNamespace(namespace);
  }

  @Test
  void missingSecretOfAVariable_isNamed_andThePodStartsWhenItAppears() throws Exception {
    create(pod("app", container("nginx").env(List.of(variable("login", false)))));
    Await.until(
        "the container's waiting reason",
        () ->
            String.valueOf(
                    cluster
                        .pod(namespace, "app")
                        .orElseThrow()
                        .getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getState()
                        .getWaiting())
                .contains("CreateContainerConfigError"));
    awaitEvent("app", "Failed: Error: secret \"login\" not found");

    createSecret("login");

    awaitRunning("app");
  }

  @Test
  void missingSecretOfAVolume_isNamed_andThePodStartsWhenItAppears() throws Exception {
    V1Pod app = pod("app", container("nginx"));
    app.getSpec()
        .volumes(
            List.of(
                new V1Volume().name("certs").secret(new V1SecretVolumeSource().secretName("tls"))));
    create(app);
    awaitEvent(
        "app",
        "FailedMount: MountVolume.SetUp failed for volume \"certs\" : secret \"tls\" not found");

    createSecret("tls");

    awaitRunning("app");
  }

  @Test
  void optionalReferences_needNotBeThere() throws Exception {
    V1Pod app = pod("app", container("nginx").env(List.of(variable("absent", true))));
    app.getSpec()
        .volumes(
            List.of(
                new V1Volume()
                    .name("conf")
                    .configMap(new V1ConfigMapVolumeSource().name("absent").optional(true))));
    create(app);

    awaitRunning("app");
  }

  @Test
  void changedConfigMap_reachesTheInstancesThatMountIt() throws Exception {
    create(configMap("red"));
    for (String name : List.of("a", "b")) {
      create(mounting(name));
    }
    create(pod("bystander", container("nginx")));
    awaitRunning("a");
    awaitRunning("b");
    awaitRunning("bystander");
    assertThat(inContainer("a", "cat", "/conf/color")).isEqualTo("red");
    double before = updates();

    cluster.core().replaceNamespacedConfigMap("settings", namespace, configMap("blue")).execute();

    Await.until("two instances that were brought up to date", () -> updates() >= before + 2);
    assertThat(updates()).isEqualTo(before + 2);
    assertThat(inContainer("a", "cat", "/conf/color")).isEqualTo("blue");
    assertThat(inContainer("b", "cat", "/conf/color")).isEqualTo("blue");
    assertThat(inContainer("b", "cat", "/color")).as("a subPath never changes").isEqualTo("red");
  }

  @Test
  void deletedConfigMap_staysInTheInstance_andIsTold() throws Exception {
    create(configMap("red"));
    create(mounting("a"));
    awaitRunning("a");

    cluster
        .core()
        .deleteNamespacedConfigMap("settings", namespace)
        .buildCall(null)
        .execute()
        .close();

    awaitEvent(
        "a",
        "FailedMount: MountVolume.SetUp failed for volume \"conf\" : configmap \"settings\" not found");
    assertThat(inContainer("a", "cat", "/conf/color")).isEqualTo("red");
    create(configMap("green"));
    Await.until("the new one", () -> inContainer("a", "cat", "/conf/color").equals("green"));
  }

  @Test
  void labels_inADownwardApiVolume_followThePod() throws Exception {
    V1Pod app =
        pod(
            "a",
            container("nginx")
                .volumeMounts(List.of(new V1VolumeMount().name("info").mountPath("/info"))));
    app.getSpec()
        .volumes(
            List.of(
                new V1Volume()
                    .name("info")
                    .downwardAPI(
                        new V1DownwardAPIVolumeSource()
                            .items(
                                List.of(
                                    new V1DownwardAPIVolumeFile()
                                        .path("labels")
                                        .fieldRef(
                                            new V1ObjectFieldSelector()
                                                .fieldPath("metadata.labels")))))));
    create(app);
    awaitRunning("a");

    kubectl.does("-n", namespace, "label", "pod", "a", "tier=back");

    Await.until(
        "the label", () -> inContainer("a", "cat", "/info/labels").contains("tier=\"back\""));
  }

  @Test
  void token_isOfThePod() throws Exception {
    create(pod("a", container("nginx")));
    awaitRunning("a");

    String token = inContainer("a", "cat", "/var/run/secrets/kubernetes.io/serviceaccount/token");

    String claims =
        new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
    assertThat(claims)
        .contains("\"name\":\"a\"")
        .contains(cluster.pod(namespace, "a").orElseThrow().getMetadata().getUid());
  }

  private String inContainer(String pod, String... command) throws Exception {
    return kubectl
        .does(
            Stream.concat(Stream.of("-n", namespace, "exec", pod, "--"), Stream.of(command))
                .toArray(String[]::new))
        .strip();
  }

  /** Mounts all of the ConfigMap, and its colour alone as a file that never changes. */
  private static V1Pod mounting(String name) {
    V1Pod app =
        pod(
            name,
            container("nginx")
                .volumeMounts(
                    List.of(
                        new V1VolumeMount().name("conf").mountPath("/conf"),
                        new V1VolumeMount().name("conf").mountPath("/color").subPath("color"))));
    app.getSpec()
        .volumes(
            List.of(
                new V1Volume()
                    .name("conf")
                    .configMap(new V1ConfigMapVolumeSource().name("settings"))));
    return app;
  }

  private double updates() throws Exception {
    return SharedViking.process().metric("viking_syncer_file_updates_total", "result=\"done\"");
  }

  private void create(V1Pod pod) throws Exception {
    cluster.core().createNamespacedPod(namespace, pod).execute();
  }

  private void create(V1ConfigMap configMap) throws Exception {
    cluster.core().createNamespacedConfigMap(namespace, configMap).execute();
  }

  private void createSecret(String name) throws Exception {
    cluster
        .core()
        .createNamespacedSecret(
            namespace,
            new V1Secret()
                .metadata(new V1ObjectMeta().name(name))
                .data(Map.of("pw", "x".getBytes(StandardCharsets.UTF_8))))
        .execute();
  }

  private static V1ConfigMap configMap(String color) {
    return new V1ConfigMap()
        .metadata(new V1ObjectMeta().name("settings"))
        .data(Map.of("color", color));
  }

  private static V1EnvVar variable(String secret, boolean optional) {
    return new V1EnvVar()
        .name("PW")
        .valueFrom(
            new V1EnvVarSource()
                .secretKeyRef(new V1SecretKeySelector().name(secret).key("pw").optional(optional)));
  }

  private void awaitEvent(String pod, String text) {
    Await.until(
        "the event " + text,
        () -> cluster.events(namespace, pod).stream().anyMatch(event -> event.contains(text)));
  }

  private void awaitRunning(String pod) {
    Await.until(
        pod + " Running",
        () -> "Running".equals(cluster.pod(namespace, pod).orElseThrow().getStatus().getPhase()));
  }
}
