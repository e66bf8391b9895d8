package io.viking.system;

import static io.viking.system.DoorObjects.owner;
import static io.viking.system.DoorObjects.path;
import static io.viking.system.DoorObjects.pod;
import static io.viking.system.DoorObjects.spec;
import static io.viking.system.DoorObjects.template;
import static io.viking.system.DryRun.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.annotations.CloudAnnotation;
import io.viking.kube.annotations.CloudAnnotations;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot run is refused when it is made, by the API server itself, with the way out. */
class DoorIT {
  private static final String TOLD = ": a pod has no host whose files it could mount; ";

  private final Cluster cluster = SharedViking.cluster();
  private final DryRun dryRun = new DryRun(cluster.clients().apiClient());
  private String namespace = "";

  @BeforeAll
  static void awaitDoor() {
    DoorObjects.awaitInForce();
  }

  @BeforeEach
  void makeNamespace() throws Exception {
    namespace = cluster.newNamespace("door");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    cluster.deleteNamespace(namespace);
  }

  @ParameterizedTest
  @CsvSource({
    "apps/v1, Deployment, deployments, spec.template.spec",
    "apps/v1, ReplicaSet, replicasets, spec.template.spec",
    "apps/v1, StatefulSet, statefulsets, spec.template.spec",
    "v1, ReplicationController, replicationcontrollers, spec.template.spec",
    "batch/v1, Job, jobs, spec.template.spec",
    "batch/v1, CronJob, cronjobs, spec.jobTemplate.spec.template.spec",
    "v1, PodTemplate, podtemplates, template.spec"
  })
  void templates_ofEveryOwner_areLookedAtLikePods(
      String version, String kind, String plural, String at) throws Exception {
    DryRun.Answer answer =
        dryRun.create(path(namespace, version, plural), owner(version, kind, template(kind)));

    assertThat(answer.code()).as(answer.message()).isEqualTo(422);
    assertThat(answer.message()).contains(at + ".volumes[0].hostPath" + TOLD);
    assertThat(answer.message()).contains("ValidatingAdmissionPolicy 'templates.door.viking.io'");
  }

  @Test
  void daemonSets_areRefused_withTheAlternative() throws Exception {
    Map<String, Object> plain = template("DaemonSet");
    spec(plain).remove("volumes");
    assertThat(
            dryRun
                .create(
                    path(namespace, "apps/v1", "daemonsets"), owner("apps/v1", "DaemonSet", plain))
                .message())
        .contains("kind: a DaemonSet runs a pod on every machine", "as a sidecar");
  }

  @ParameterizedTest
  @CsvSource({"NodePort, false", "LoadBalancer, true", "ClusterIP, true"})
  void services_ofTypeNodePortAlone_areRefused(String type, boolean taken) throws Exception {
    DryRun.Answer answer =
        dryRun.create(
            path(namespace, "v1", "services"),
            yaml(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {type: %s, selector: {app: web}, ports: [{port: 80}]}
                """
                    .formatted(type)));

    assertThat(answer.isTaken()).as(answer.message()).isEqualTo(taken);
    if (!taken) {
      assertThat(answer.message()).contains("spec.type: NodePort opens a port of every machine");
    }
  }

  @Test
  void severalFaults_areToldTogether() throws Exception {
    assertThat(
            createPod(
                    """
                    hostNetwork: true
                    containers:
                    - {name: a, image: nginx, securityContext: {privileged: true}}
                    - {name: b, image: nginx}
                    - {name: c, image: nginx, securityContext: {privileged: true}}
                    volumes: [{name: v, hostPath: {path: /}}]
                    """)
                .message())
        .contains(
            "spec.hostNetwork: a pod shares no host here",
            "spec.containers[0].securityContext.privileged,"
                + " spec.containers[2].securityContext.privileged: the pool runs no privileged",
            "spec.volumes[0].hostPath" + TOLD);
  }

  @Test
  void largestPod_isWithinTheCostThatTheApiServerAllows() throws Exception {
    var containers = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      containers.append("\n- {name: c%d, image: nginx, ports: [".formatted(i));
      for (int port = 1; port <= 100; port++) {
        containers.append("{containerPort: %d},".formatted(100 * i + port));
      }
      containers.append("], env: [");
      for (int variable = 0; variable < 100; variable++) {
        containers.append("{name: V%d, value: x},".formatted(variable));
      }
      containers.append("]}");
    }

    DryRun.Answer fine = createPod("containers:" + containers);
    assertThat(fine.isTaken()).as(fine.message()).isTrue();
    // It is the whole of the pod that is searched for the field then.
    DryRun.Answer bad = createPod("hostPID: true\ncontainers:" + containers);
    assertThat(bad.message()).contains("spec.hostPID: a pod shares no host here");
    DryRun.Answer everyPort = createPod("hostNetwork: true\ncontainers:" + containers);
    assertThat(everyPort.message())
        .as("the API server takes each port for one of the host then")
        .contains(
            "spec.hostNetwork: a pod shares no host here",
            "spec.containers[19].ports[0].hostPort (and 99 more): a pod has no host whose port");
  }

  static Stream<CloudAnnotation<?>> annotations() {
    return CloudAnnotations.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("annotations")
  void annotations_wellFormedAreTaken_malformedAreRefused_inTheWordsOfTheLoops(
      CloudAnnotation<?> annotation) throws Exception {
    for (String key : CloudAnnotations.keys(annotation)) {
      DryRun.Answer fine = annotated(key, annotation.example());
      assertThat(fine.isTaken()).as(fine.message()).isTrue();
      for (String value : List.of("", "no \" such\nvalue", ",", "-1")) {
        DryRun.Answer answer = annotated(key, value);
        assertThat(answer.isTaken())
            .as("%s=%s %s", key, value, answer.message())
            .isEqualTo(annotation.type().syntax().admits(value));
        if (!answer.isTaken()) {
          assertThat(answer.message())
              .contains(
                  "metadata.annotations[%s] is \"".formatted(key),
                  "\", but must be " + annotation.type().form());
        }
      }
    }
  }

  @Test
  void annotation_oldNameBesideTheNewOne_isNotRead() throws Exception {
    assertThat(
            annotated(
                    Map.of(
                        "k8s.aliyun.com/eci-auto-imc",
                        "true",
                        "k8s.aliyun.com/eci-image-cache",
                        "perhaps"))
                .isTaken())
        .isTrue();
  }

  @Test
  void ephemeralContainers_areRefused_withTheAlternative() throws Exception {
    V1Pod pod = Workloads.pod("web", Workloads.container("nginx"));
    cluster.core().createNamespacedPod(namespace, pod).execute();

    DryRun.Answer answer =
        dryRun.replace(
            path(namespace, "v1", "pods/web/ephemeralcontainers"),
            yaml(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  containers: [{name: main, image: nginx}]
                  ephemeralContainers: [{name: debugger, image: busybox}]
                """));

    assertThat(answer.message())
        .contains(
            "spec.ephemeralContainers[0]: nothing can be added to a running instance here",
            "kubectl debug --copy-to=NAME");
  }

  private DryRun.Answer createPod(String spec) throws Exception {
    return dryRun.create(path(namespace, "v1", "pods"), pod(spec));
  }

  private DryRun.Answer annotated(String key, String value) throws Exception {
    return annotated(Map.of(key, value));
  }

  private DryRun.Answer annotated(Map<String, String> annotations) throws Exception {
    Map<String, Object> pod = pod("{containers: [{name: main, image: nginx}]}");
    pod.put("metadata", Map.of("name", "web", "annotations", annotations));
    return dryRun.create(path(namespace, "v1", "pods"), pod);
  }
}
