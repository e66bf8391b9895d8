package io.viking.system;

import static io.viking.system.Workloads.container;
import static io.viking.system.Workloads.deployment;
import static io.viking.system.Workloads.pod;

import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small account in a cloud whose first zone refuses what its catalog shows. */
class SuppliesIT {
  private static final String PROFILE =
      """
      base: instant
      quotas: {instances: 6, vcpu: -1}
      faults:
      - {operation: create, kind: outOfStock, zone: cn-hangzhou-h, probability: 1}
      """;

  private static final Map<String, String> FIRST_ZONE =
      Map.of("topology.kubernetes.io/zone", "cn-hangzhou-h");

  @TempDir static Path directory;
  private static VikingProcess viking;

  private final Cluster cluster = viking.cluster();
  private String namespace = "";

  @BeforeAll
  static void up() throws Exception {
    Path profile = Files.writeString(directory.resolve("profile.yaml"), PROFILE);
    viking = VikingProcess.up(directory.resolve("data"), "--profile", profile.toString());
  }

  @AfterAll
  static void down() {
    viking.close();
  }

  @BeforeEach
  void makeNamespace() throws Exception {
    namespace = cluster.newNamespace("supplies");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    cluster.deleteNamespace(namespace);
  }

  @Test
  void quotaUsedUp_podsWaitUnbound_andGoOnWhenAnInstanceEnds() throws Exception {
    for (int i = 0; i < 8; i++) {
      create(pod("web-" + i, container("nginx")));
    }
    Await.until("6 pods run", () -> running().size() == 6);
    Await.until(
        "2 pods say that the quota is used up",
        () -> waitingFor("the account's quota of instances (6) is used up") == 2);

    String first = running().getFirst();
    cluster.core().deleteNamespacedPod(first, namespace).execute();

    Await.until("one of them runs instead", () -> running().size() == 6 && pods().count() == 7);
  }

  @Test
  void zoneRefuses_oneIsToldAndTheOthersWaitOrGoElsewhere() throws Exception {
    V1Pod probe = pod("probe", container("nginx"));
    probe.getSpec().nodeSelector(FIRST_ZONE);
    create(probe);
    Await.until("the cloud refuses it", () -> condition("probe", "NoStock").isPresent());

    V1Pod next = pod("next", container("nginx"));
    next.getSpec().nodeSelector(FIRST_ZONE);
    create(next);
    cluster.apps().createNamespacedDeployment(namespace, deployment("web", 4)).execute();

    Await.until(
        "the next waits for the zone to cool down",
        () -> waitingFor("cooling down after the cloud had no stock of") == 1);
    Await.until("those that may go elsewhere run", () -> running().size() == 4);
  }

  private void create(V1Pod pod) throws Exception {
    cluster.core().createNamespacedPod(namespace, pod).execute();
  }

  private Stream<V1Pod> pods() throws Exception {
    return cluster.pods(namespace).stream();
  }

  private List<String> running() throws Exception {
    return pods()
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  private long waitingFor(String text) throws Exception {
    return pods()
        .filter(pod -> pod.getSpec().getNodeName() == null)
        .flatMap(pod -> pod.getStatus().getConditions().stream())
        .filter(condition -> "Unschedulable".equals(condition.getReason()))
        .filter(condition -> condition.getMessage().contains(text))
        .count();
  }

  private Optional<V1PodCondition> condition(String pod, String reason) throws Exception {
    return cluster.pod(namespace, pod).orElseThrow().getStatus().getConditions().stream()
        .filter(condition -> reason.equals(condition.getReason()))
        .findFirst();
  }
}
