package io.viking.system;

import static io.viking.system.Workloads.container;
import static io.viking.system.Workloads.deployment;
import static io.viking.system.Workloads.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1Scale;
import io.kubernetes.client.openapi.models.V1ScaleSpec;
import io.kubernetes.client.openapi.models.V1TopologySpreadConstraint;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A zone fails under load, and comes back. */
class ZoneFailureIT {
  private static final String DYING = "cn-hangzhou-h";
  private static final List<String> ZONES = List.of(DYING, "cn-hangzhou-i", "cn-hangzhou-j");
  private static final String ZONE_KEY = "topology.kubernetes.io/zone";

  private final Cluster cluster = SharedViking.cluster();
  private final CloudOperator operator = cluster.operator();
  private String namespace = "";

  @BeforeEach
  void makeNamespace() throws Exception {
    namespace = cluster.newNamespace("zone");
  }

  @AfterEach
  void mendTheZone() throws Exception {
    restock();
    operator.openZone(DYING);
    cluster.deleteNamespace(namespace);
  }

  @Test
  void stockRunsOutUnderLoad_allLandInTheOtherZones_andComeBackWithTheStock() throws Exception {
    create(deployment("web", 9));
    awaitReady("web", 9);

    scale("web", 100);
    Await.until("the scale-up under way", () -> cluster.pods(namespace).size() > 20);
    operator.setStock(DYING, 0);
    awaitReady("web", 100);
    int before = zones().get(DYING);

    scale("web", 130);
    awaitReady("web", 130);
    assertThat(zones()).as("nothing new where there is no stock").containsEntry(DYING, before);
    assertThat(cluster.pods(namespace))
        .allSatisfy(pod -> assertThat(pod.getStatus().getPhase()).isEqualTo("Running"));
    OneToOne.check(cluster, namespace);

    restock();
    spreadsOut("web", usedAgain("web", 130, before));
  }

  @Test
  void closedZone_getsNothing_untilItIsOpened() throws Exception {
    operator.closeZone(DYING);
    awaitClosed();

    create(deployment("web", 60));
    awaitReady("web", 60);
    assertThat(zones()).as("the closed zone stays empty").containsEntry(DYING, 0);
    assertThat(zones().get(ZONES.get(1)) - zones().get(ZONES.get(2))).isBetween(-2, 2);

    operator.openZone(DYING);
    spreadsOut("web", usedAgain("web", 60, 0));
  }

  @Test
  void strictSpread_holdsWhileAZoneFails_andGoesOnWhenItIsBack() throws Exception {
    try (var witness = new SpreadWitness(cluster, namespace, ZONES)) {
      create(strict("db", 6));
      awaitReady("db", 6);
      operator.setStock(DYING, 0);
      scale("db", 45);
      Await.until(
          "the rest waits, and says for what",
          () -> pendingMessages().stream().anyMatch(ZoneFailureIT::namesTheSpread));
      Await.until("two in the zone, one more in each of the others", () -> created() == 8);
      Await.until("whoever is placed in another zone is created", this::onlyTheZoneIsAwaited);
      assertThat(created()).as("and no more than these").isEqualTo(8);
      assertThat(pendingMessages())
          .as("whoever has no zone says why")
          .allMatch(ZoneFailureIT::namesTheSpread);
      assertThat(witness.widest()).as("%s", witness.history()).isLessThanOrEqualTo(1);

      restock();
      awaitReady("db", 45);
      assertThat(witness.widest()).as("%s", witness.history()).isLessThanOrEqualTo(1);
      assertThat(witness.changes()).isGreaterThan(3 * 45);
      assertThat(zones().values()).containsOnly(15);
      OneToOne.check(cluster, namespace);
    }
  }

  /** Scales up step by step until the zone has more than it had; gives the replicas then. */
  private int usedAgain(String name, int replicas, int before) throws Exception {
    int now = replicas;
    for (int step = 0; step < 40 && zones().get(DYING) <= before; step++) {
      now += 3;
      scale(name, now);
      awaitReady(name, now);
    }
    assertThat(zones().get(DYING)).as("pods in the zone that is back").isGreaterThan(before);
    return now;
  }

  /** Scales up by as many as the zone lacks: they go there. */
  private void spreadsOut(String name, int replicas) throws Exception {
    int even = Math.max(3 * Collections.max(zones().values()), replicas + 3);
    scale(name, even);
    awaitReady(name, even);
    assertThat(width()).as("spread evens out: %s", zones()).isLessThanOrEqualTo(2);
  }

  /** The cloud tells of it a quarter of a second later; a pod that may go nowhere else shows it. */
  private void awaitClosed() {
    Await.until("the scheduler knows that the zone is closed", this::isKnownToBeClosed);
  }

  private boolean isKnownToBeClosed() throws Exception {
    V1Pod probe = pod("probe", container("nginx"));
    probe.getSpec().nodeSelector(Map.of(ZONE_KEY, DYING));
    cluster.core().createNamespacedPod(namespace, probe).execute();
    Await.until(
        "the probe has its zone, or is told why not",
        () -> cluster.pods(namespace).stream().anyMatch(ZoneFailureIT::isDecided));
    // By the catalog or by the taint of the zone's Node, whichever the scheduler heard of first.
    boolean isClosed = !pendingMessages().isEmpty();
    cluster.core().deleteNamespacedPod("probe", namespace).gracePeriodSeconds(0).execute();
    Await.until("the probe is gone", () -> cluster.pods(namespace).isEmpty());
    return isClosed;
  }

  private static boolean isDecided(V1Pod pod) {
    return pod.getSpec().getNodeName() != null
        || conditions(pod).stream().anyMatch(one -> one.getType().equals("PodScheduled"));
  }

  /**
   * In one of two sentences: the scheduler waits for a pod that is bound to the zone and never
   * made, or, if it heard of the stock before it bound one, names the zone that has the fewest.
   */
  private static boolean namesTheSpread(String message) {
    return message.contains("(maxSkew 1 on " + ZONE_KEY);
  }

  private boolean onlyTheZoneIsAwaited() throws Exception {
    return cluster.pods(namespace).stream()
        .filter(pod -> pod.getSpec().getNodeName() != null && !SpreadWitness.isCreated(pod))
        .allMatch(pod -> DYING.equals(pod.getSpec().getNodeName()));
  }

  private int created() throws Exception {
    return (int) cluster.pods(namespace).stream().filter(SpreadWitness::isCreated).count();
  }

  private List<String> pendingMessages() throws Exception {
    return cluster.pods(namespace).stream()
        .filter(pod -> pod.getSpec().getNodeName() == null)
        .flatMap(pod -> conditions(pod).stream())
        .filter(condition -> condition.getType().equals("PodScheduled"))
        .map(condition -> String.valueOf(condition.getMessage()))
        .toList();
  }

  private static List<V1PodCondition> conditions(V1Pod pod) {
    List<V1PodCondition> conditions = pod.getStatus().getConditions();
    return conditions == null ? List.of() : conditions;
  }

  /** By the zone in which the instance really is. */
  private Map<String, Integer> zones() throws Exception {
    var counts = new TreeMap<String, Integer>();
    ZONES.forEach(zone -> counts.put(zone, 0));
    for (V1Pod pod : cluster.pods(namespace)) {
      counts.merge(pod.getMetadata().getLabels().get(ZONE_KEY), 1, Integer::sum);
    }
    return counts;
  }

  private int width() throws Exception {
    Map<String, Integer> counts = zones();
    return Collections.max(counts.values()) - Collections.min(counts.values());
  }

  private void restock() throws IOException {
    operator.setStock(DYING, CloudOperator.UNBOUNDED);
  }

  private static V1Deployment strict(String name, int replicas) {
    V1Deployment deployment = deployment(name, replicas);
    deployment
        .getSpec()
        .getTemplate()
        .getSpec()
        .addTopologySpreadConstraintsItem(
            new V1TopologySpreadConstraint()
                .maxSkew(1)
                .topologyKey(ZONE_KEY)
                .whenUnsatisfiable("DoNotSchedule")
                .labelSelector(new V1LabelSelector().matchLabels(Cluster.labels(name))));
    return deployment;
  }

  private void create(V1Deployment deployment) throws Exception {
    cluster.apps().createNamespacedDeployment(namespace, deployment).execute();
  }

  private void scale(String name, int replicas) throws Exception {
    cluster
        .apps()
        .replaceNamespacedDeploymentScale(
            name,
            namespace,
            new V1Scale()
                .metadata(new V1ObjectMeta().name(name).namespace(namespace))
                .spec(new V1ScaleSpec().replicas(replicas)))
        .execute();
  }

  private void awaitReady(String name, int replicas) {
    Await.until(
        replicas + " ready replicas of " + name,
        () ->
            Integer.valueOf(replicas)
                .equals(
                    cluster
                        .apps()
                        .readNamespacedDeployment(name, namespace)
                        .execute()
                        .getStatus()
                        .getReadyReplicas()));
  }
}
