package io.viking.system.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.cache.WatchedCache;
import io.viking.scale.Footprints;
import io.viking.system.Belongings;
import io.viking.system.Cluster;
import io.viking.system.Heavy;
import io.viking.system.OneToOne;
import io.viking.system.VikingProcess;
import io.viking.system.Workloads;
import io.viking.system.network.CloudNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/**
 * One who asks for far too much, and one beside him who asks for little. The leases are kept, the
 * process stays the same, all that can be had comes in the end, and the small one does not wait for
 * the large one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Heavy
class OverloadIT {
  /**
   * Of one namespace, all at once; {@code -Doverload.pods=10000} for what docs/reliability.md says.
   */
  private static final int PODS = Integer.getInteger("overload.pods", 1500);

  /** Which no zone can take; {@code -Doverload.pending=50000}. */
  private static final int PENDING = Integer.getInteger("overload.pending", 3000);

  /** Of which the backends change at once; {@code -Doverload.services=1000}. */
  private static final int SERVICES = Integer.getInteger("overload.services", 150);

  private static final int FEW = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** After which a Node turns unknown. */
  private static final Duration LEASE = Duration.ofSeconds(40);

  private final Belongings closing = new Belongings();
  private VikingProcess viking;
  private Cluster cluster;
  private WatchedCache<V1Pod> pods;
  private Flood flood;
  private long pid;
  private NodeWitness nodes;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    viking = closing.add(VikingProcess.up(directory.resolve("data")));
    cluster = viking.cluster();
    pods = closing.add(cluster.watchPods());
    pods.start();
    flood = closing.add(new Flood(Path.of(viking.status().kubeconfig())));
    pid = viking.status().pid();
  }

  @AfterAll
  void stop() throws Exception {
    closing.close();
  }

  @BeforeEach
  void watchNodes() {
    nodes = new NodeWitness(cluster);
  }

  @AfterEach
  void nodesWereKept() throws Exception {
    // A lease is renewed every ten seconds.
    await("another renewal", () -> nodes.renewals() > 0);
    nodes.close();
    print(
        "longest pause of a node's lease %.1f s, RSS %d MiB, %d calls had no room",
        nodes.longestPause().toMillis() / 1000.0,
        Footprints.residentBytes(pid) >> 20,
        flood.turnedAway());
    assertThat(nodes.unready()).isEmpty();
    assertThat(nodes.longestPause()).isLessThan(LEASE);
    assertThat(viking.status().pid()).as("the process").isEqualTo(pid);
    await("all parts ready", () -> viking.status().state().equals("ready"));
  }

  @Test
  void creationBeyondAllMeasure_holdsUpNeitherLeasesNorSmallTenants_andAllRun() throws Exception {
    String large = cluster.newNamespace("large");
    String small = cluster.newNamespace("small");
    long begun = System.nanoTime();
    CompletableFuture<Void> flooding = flooding(large, PODS, Map.of());
    await("the flood is well under way", () -> count(large) > PODS / 10);
    cluster.apps().createNamespacedDeployment(small, Workloads.deployment("few", FEW)).execute();
    await("the small tenant's pods run", () -> running(small) == FEW);
    // How far the large one is by then depends on the machine; that turns are taken is FairLine's.
    print(
        "the %d of the small tenant ran when %d of %d of the large one did",
        FEW, running(large), PODS);
    flooding.join();
    await("all of the large tenant run", () -> running(large) == PODS);
    print("%,d pods run after %.0f s", PODS, (System.nanoTime() - begun) / 1e9);
    OneToOne.check(cluster, large);
    OneToOne.check(cluster, small);
    remove(large);
    remove(small);
  }

  @Test
  void podsThatNoZoneTakes_waitInBoundedMemory_andTheNextOneRuns() throws Exception {
    String large = cluster.newNamespace("hopeless");
    String small = cluster.newNamespace("small");
    flooding(large, PENDING, Map.of("topology.kubernetes.io/zone", "no-such-zone")).join();
    await(
        "all of them wait for a zone",
        () -> viking.metric("viking_scheduler_pending_pods", "queue=\"unschedulable\"") == PENDING);
    cluster.apps().createNamespacedDeployment(small, Workloads.deployment("few", FEW)).execute();
    await("the small tenant's pods run", () -> running(small) == FEW);
    print("%,d pods wait for a zone, %d beside them run", PENDING, FEW);
    OneToOne.check(cluster, small);
    assertThat(cluster.instances(large)).isEmpty();
    remove(large);
    remove(small);
    await(
        "nobody waits",
        () -> viking.metric("viking_scheduler_pending_pods", "queue=\"unschedulable\"") == 0);
  }

  @Test
  void manyServicesThatChangeAtOnce_allFollow() throws Exception {
    String namespace = cluster.newNamespace("services");
    cluster.apps().createNamespacedDeployment(namespace, Workloads.deployment("web", 3)).execute();
    await("the pods run", () -> running(namespace) == 3);
    flood.create(ResourceType.SERVICES, namespace, SERVICES, OverloadIT::service);
    await("all names have the three", () -> unnamed(namespace) == 0);
    double callsBefore = networkCalls();
    long begun = System.nanoTime();

    cluster
        .apps()
        .replaceNamespacedDeployment("web", namespace, Workloads.deployment("web", 6))
        .execute();

    await("the pods run", () -> running(namespace) == 6);
    await("all names have the six", () -> unnamed(namespace) == 0);
    print(
        "%,d Services followed a change of their pods within %.0f s, %.0f calls to the cloud",
        SERVICES, (System.nanoTime() - begun) / 1e9, networkCalls() - callsBefore);
    remove(namespace);
    await(
        "no records",
        () ->
            new CloudNetwork(cluster)
                .records().stream().noneMatch(shown -> shown.toString().contains(namespace)));
  }

  private static V1Service service(int number) {
    return new V1Service()
        .apiVersion("v1")
        .kind("Service")
        .metadata(new V1ObjectMeta().name("web-" + number))
        .spec(
            new V1ServiceSpec()
                .clusterIP("None")
                .selector(Map.of("app", "web"))
                .ports(List.of(new V1ServicePort().name("http").port(80))));
  }

  /** How many Services' names do not answer with exactly the pods that run. */
  private long unnamed(String namespace) throws Exception {
    Set<String> addresses =
        pods(namespace).stream()
            .map(pod -> pod.getStatus().getPodIP())
            .collect(Collectors.toCollection(TreeSet::new));
    var network = new CloudNetwork(cluster);
    for (int i = 0; i < SERVICES; i++) {
      String name = "web-%d.%s.svc.%s".formatted(i, namespace, CloudNetwork.ZONE);
      if (!network.resolve(name, Type.A).equals(addresses)) {
        return SERVICES - i;
      }
    }
    return 0;
  }

  private double networkCalls() throws Exception {
    return viking.metric("viking_syncer_network_calls_total", "result=");
  }

  private CompletableFuture<Void> flooding(
      String namespace, int count, Map<String, String> nodeSelector) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            flood.create(
                ResourceType.PODS,
                namespace,
                count,
                i -> {
                  V1Pod pod = Workloads.pod("pod-" + i, Workloads.container("nginx"));
                  pod.getSpec().setNodeSelector(nodeSelector.isEmpty() ? null : nodeSelector);
                  return pod;
                });
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        Thread::startVirtualThread);
  }

  private List<V1Pod> pods(String namespace) {
    return pods.list().stream()
        .filter(pod -> namespace.equals(pod.getMetadata().getNamespace()))
        .toList();
  }

  private long count(String namespace) {
    return pods(namespace).size();
  }

  private long running(String namespace) {
    return pods(namespace).stream()
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .count();
  }

  private void remove(String namespace) throws Exception {
    cluster.core().deleteNamespace(namespace).buildCall(null).execute().close();
    await(
        "no pods and no instances in " + namespace,
        () -> count(namespace) == 0 && cluster.instances(namespace).isEmpty());
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .until(condition);
  }

  private static void print(String format, Object... arguments) {
    System.out.printf("overload: " + format + "%n", arguments);
  }
}
