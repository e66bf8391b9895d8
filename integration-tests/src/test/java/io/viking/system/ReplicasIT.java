package io.viking.system;

import static io.viking.system.Workloads.container;
import static io.viking.system.Workloads.deployment;
import static io.viking.system.Workloads.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cli.server.StatusReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several schedulers and syncers, of which one of each leads. */
@Heavy
class ReplicasIT {
  private static final int BEFORE = 50;
  private static final int PODS = 200;

  /**
   * From the death of a leader to the first new pod that runs: 4 to 5 s on a quiet machine, 16 s
   * were seen with twelve busy processes on each core. More would be another way of being late.
   */
  private static final Duration FAIL_OVER = Duration.ofSeconds(45);

  @TempDir Path directory;

  @Test
  void killedLeaders_areFollowedWithinSeconds_whilePodsComeAndGo_andEachPodHasItsInstance()
      throws Exception {
    try (VikingProcess viking = VikingProcess.up(directory.resolve("data"), "--replicas", "2")) {
      Cluster cluster = viking.cluster();
      assertThat(viking.status().state()).isEqualTo("ready");
      for (String part : List.of("syncer", "scheduler")) {
        assertThat(ReplicaStatus.processes(viking.status(), part))
            .extracting(StatusReport.Part::state)
            .as("the two of " + part)
            .containsExactlyInAnyOrder("ready", "standby");
      }
      assertThat(cluster.leases("kube-system")).contains("viking-syncer", "viking-scheduler");
      String namespace = cluster.newNamespace("replicas");
      cluster.apps().createNamespacedDeployment(namespace, deployment("web", BEFORE)).execute();
      Await.until("the pods before", () -> running(cluster, namespace) >= BEFORE);
      Set<String> before = uids(cluster, namespace);

      cluster.apps().createNamespacedDeployment(namespace, deployment("more", PODS)).execute();
      Await.until("some more pods", () -> running(cluster, namespace) > BEFORE + PODS / 10);
      failOver(viking, cluster, namespace, "syncer");
      failOver(viking, cluster, namespace, "scheduler");

      Await.until("all pods", () -> running(cluster, namespace) == BEFORE + PODS + 2);
      OneToOne.check(cluster, namespace);
      assertThat(uids(cluster, namespace))
          .as("none of the pods before was lost")
          .containsAll(before);
      assertThat(cluster.instances(namespace))
          .as("no pod needed a second instance")
          .allSatisfy(instance -> assertThat(instance.getAttempt()).isEqualTo(1));

      Await.until("whole again", () -> viking.status().state().equals("ready"));
      cluster.apps().deleteNamespacedDeployment("more", namespace).execute();
      Await.until("some gone", () -> running(cluster, namespace) < BEFORE + PODS - 20);
      StatusReport.Part second = leader(viking, "syncer");
      kill(second);
      Await.until("those before are left", () -> cluster.pods(namespace).size() == BEFORE + 2);
      Await.until("one to one", () -> OneToOne.holds(cluster, namespace));
      assertThat(uids(cluster, namespace)).containsAll(before);
      Await.until("another leads", () -> !leader(viking, "syncer").name().equals(second.name()));
      cluster.deleteNamespace(namespace);
    }
  }

  @Test
  void shards_areDividedAmongSyncers_andThoseOfOneThatDiesAreTakenOver() throws Exception {
    try (VikingProcess viking =
        VikingProcess.up(directory.resolve("data"), "--replicas", "2", "--shards", "4")) {
      Cluster cluster = viking.cluster();
      Await.until("both syncers have two shards each", () -> areEven(viking));
      String namespace = cluster.newNamespace("shards");
      cluster.apps().createNamespacedDeployment(namespace, deployment("web", BEFORE)).execute();
      Await.until("the pods before", () -> running(cluster, namespace) == BEFORE);
      OneToOne.check(cluster, namespace);
      Set<String> before = uids(cluster, namespace);
      Await.until(
          "the two of them have all pods, together",
          () ->
              viking.status().pods().values().stream().mapToInt(Integer::intValue).sum() == BEFORE);

      cluster.apps().createNamespacedDeployment(namespace, deployment("more", PODS)).execute();
      Await.until("some more pods", () -> running(cluster, namespace) > BEFORE + PODS / 10);
      kill(ReplicaStatus.leaders(viking.status(), "syncer").getLast());

      Await.until("all pods", () -> running(cluster, namespace) == BEFORE + PODS);
      OneToOne.check(cluster, namespace);
      assertThat(uids(cluster, namespace)).containsAll(before);
      assertThat(cluster.instances(namespace))
          .as("no pod needed a second instance")
          .allSatisfy(instance -> assertThat(instance.getAttempt()).isEqualTo(1));
      Await.until("both have two again", () -> areEven(viking));
      OneToOne.check(cluster, namespace);
      cluster.deleteNamespace(namespace);
    }
  }

  @Test
  void stoppedLeaders_makeNoChangeWhenTheyGoOn_andStandBy_bothWays() throws Exception {
    try (ReplicaArena arena = ReplicaArena.start(directory.resolve("arena"))) {
      Cluster cluster = arena.cluster();
      String namespace = cluster.newNamespace("stopped");
      cluster.apps().createNamespacedDeployment(namespace, deployment("web", BEFORE)).execute();
      Await.until("the pods before", () -> running(cluster, namespace) == BEFORE);
      Set<String> before = uids(cluster, namespace);
      for (int way = 1; way <= 2; way++) {
        stopPastExpiry(arena, namespace, way);
        assertThat(uids(cluster, namespace)).containsAll(before);
        OneToOne.check(cluster, namespace);
      }
      cluster.deleteNamespace(namespace);
    }
  }

  private static boolean areEven(VikingProcess viking) {
    List<StatusReport.Part> leaders = ReplicaStatus.leaders(viking.status(), "syncer");
    return leaders.size() == 2
        && leaders.stream()
            .allMatch(part -> part.detail().matches("leads shards \\[\\d, \\d] of 4; .*"));
  }

  private static void stopPastExpiry(ReplicaArena arena, String namespace, int way)
      throws Exception {
    Cluster cluster = arena.cluster();
    List<OneReplica> old = List.of(arena.leader("syncer"), arena.leader("scheduler"));
    List<OneReplica> next = old.stream().map(arena::other).toList();
    // There is always something to create, to bind and to delete, for whoever leads.
    try (var churn = Churn.start(cluster, namespace, "churn-" + way)) {
      Await.until("pods come and go", () -> churn.rounds() >= 2);
      for (OneReplica leader : old) {
        leader.signal("STOP");
      }
      for (OneReplica follower : next) {
        Await.until(follower.name() + " leads", follower::leads);
      }
      int sinceTakeOver = churn.rounds();
      Await.until("pods come and go again", () -> churn.rounds() >= sinceTakeOver + 2);

      List<Long> oldMade = old.stream().map(OneReplica::made).toList();
      List<Long> nextMade = next.stream().map(OneReplica::made).toList();
      for (OneReplica leader : old) {
        leader.signal("CONT");
      }
      for (OneReplica leader : old) {
        Await.until(leader.name() + " stands by", leader::standsBy);
      }
      // What stood between its question to the fence and the wire goes out now: no lease closes
      // that.
      List<Long> oldStandsBy = old.stream().map(OneReplica::made).toList();
      int sinceReturn = churn.rounds();
      Await.until("pods come and go still", () -> churn.rounds() >= sinceReturn + 2);
      for (int i = 0; i < old.size(); i++) {
        assertThat(old.get(i).madeBetween(oldMade.get(i), oldStandsBy.get(i)))
            .as("changes by %s as it went on, stopped in their middle", old.get(i).name())
            .allMatch(OneReplica::mayBeLate);
        assertThat(old.get(i).madeAfter(oldStandsBy.get(i)))
            .as("changes by %s, which was stopped past its lease", old.get(i).name())
            .isEmpty();
        assertThat(next.get(i).madeAfter(nextMade.get(i)))
            .as("changes by %s, which leads", next.get(i).name())
            .isNotEmpty();
        assertThat(next.get(i).leads()).as(next.get(i).name() + " leads").isTrue();
      }
    }
  }

  /** Kills the leader and makes a pod: what a user waits for is that it runs. */
  private static void failOver(VikingProcess viking, Cluster cluster, String namespace, String part)
      throws Exception {
    StatusReport.Part leader = leader(viking, part);
    String probe = "probe-" + part;
    kill(leader);
    long killed = System.nanoTime();
    cluster.core().createNamespacedPod(namespace, pod(probe, container("nginx"))).execute();
    await("another " + part + " leads")
        .atMost(Await.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(() -> !leader(viking, part).name().equals(leader.name()));
    Duration led = Duration.ofNanos(System.nanoTime() - killed);
    await("a pod made after the death of " + leader.name() + " runs")
        .atMost(Await.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> cluster.pod(namespace, probe).filter(ReplicasIT::isRunning).isPresent());
    Duration served = Duration.ofNanos(System.nanoTime() - killed);
    System.out.printf(
        "fail-over of %s: another was ready after %d ms, the first new pod ran after %d ms%n",
        part, led.toMillis(), served.toMillis());
    assertThat(served).as("fail-over of " + part).isLessThan(FAIL_OVER);
  }

  /**
   * Who leads, as soon as one does: on a busy machine a lease may change hands at any time, and the
   * processes are asked one after the other.
   */
  private static StatusReport.Part leader(VikingProcess viking, String part) {
    return await("one of " + part + " leads")
        .atMost(Await.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> ReplicaStatus.leaders(viking.status(), part), leaders -> leaders.size() == 1)
        .getFirst();
  }

  private static void kill(StatusReport.Part process) {
    assertThat(ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly()).isTrue();
  }

  private static long running(Cluster cluster, String namespace) throws Exception {
    return cluster.pods(namespace).stream().filter(ReplicasIT::isRunning).count();
  }

  private static boolean isRunning(V1Pod pod) {
    return "Running".equals(pod.getStatus().getPhase())
        && pod.getMetadata().getDeletionTimestamp() == null;
  }

  private static Set<String> uids(Cluster cluster, String namespace) throws Exception {
    Set<String> uids = new HashSet<>();
    cluster.pods(namespace).forEach(pod -> uids.add(pod.getMetadata().getUid()));
    return uids;
  }
}
