package io.viking.system;

import static io.viking.system.Workloads.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of everything of ours, in the middle of the work. */
class CrashIT {
  private static final int PODS = 300;

  @TempDir Path directory;

  @Test
  void killedWhilePodsStart_andStartedAgain_hasEveryPodRunning_oneToOne() throws Exception {
    Path data = directory.resolve("data");
    Cluster cluster;
    String namespace;
    try (VikingProcess first = VikingProcess.up(data)) {
      cluster = first.cluster();
      namespace = cluster.newNamespace("crash");
      cluster.apps().createNamespacedDeployment(namespace, deployment("web", PODS)).execute();
      Await.until(
          "the first tenth of the instances",
          () -> first.cluster().instances(namespace).size() > PODS / 10);
      first.kill();
    }

    try (VikingProcess second = VikingProcess.up(data)) {
      Cluster again = second.cluster();
      Await.until(
          PODS + " ready replicas",
          () ->
              Integer.valueOf(PODS)
                  .equals(
                      again
                          .apps()
                          .readNamespacedDeployment("web", namespace)
                          .execute()
                          .getStatus()
                          .getReadyReplicas()));
      assertThat(again.pods(namespace))
          .hasSize(PODS)
          .allSatisfy(pod -> assertThat(pod.getStatus().getPhase()).isEqualTo("Running"));
      OneToOne.check(again, namespace);
      again.deleteNamespace(namespace);
    }
  }

  @Test
  void killedWhilePodsGo_andStartedAgain_leavesNothing() throws Exception {
    Path data = directory.resolve("data");
    String namespace;
    try (VikingProcess first = VikingProcess.up(data)) {
      Cluster cluster = first.cluster();
      namespace = cluster.newNamespace("crash");
      cluster.apps().createNamespacedDeployment(namespace, deployment("web", PODS)).execute();
      Await.until("all instances", () -> cluster.instances(namespace).size() == PODS);
      cluster.apps().deleteNamespacedDeployment("web", namespace).execute();
      Await.until(
          "the first tenth gone", () -> cluster.instances(namespace).size() < PODS - PODS / 10);
      first.kill();
    }

    try (VikingProcess second = VikingProcess.up(data)) {
      Cluster again = second.cluster();
      Await.until("no pods", () -> again.pods(namespace).isEmpty());
      Await.until("no instances", () -> again.instances(namespace).isEmpty());
    }
  }
}
