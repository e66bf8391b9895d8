package io.viking.system;

import static io.viking.system.Workloads.container;
import static io.viking.system.Workloads.pod;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deletion at awkward moments. */
class DeletionIT {
  private final Cluster cluster = SharedViking.cluster();
  private String namespace = "";

  @BeforeEach
  void makeNamespace() throws Exception {
    namespace = cluster.newNamespace("deletion");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    cluster.deleteNamespace(namespace);
  }

  @Test
  void podsDeletedWhileTheyStart_leaveNoInstance() throws Exception {
    for (int i = 0; i < 40; i++) {
      cluster.core().createNamespacedPod(namespace, pod("p" + i, container("nginx"))).execute();
      cluster.core().deleteNamespacedPod("p" + i, namespace).execute();
    }

    Await.until("no pods", () -> cluster.pods(namespace).isEmpty());
    Await.until("no instances", () -> cluster.instances(namespace).isEmpty());
  }

  @Test
  void forceDeletedPod_leavesNoInstance() throws Exception {
    cluster.core().createNamespacedPod(namespace, pod("gone", container("nginx"))).execute();
    Await.until("an instance", () -> cluster.instances(namespace).size() == 1);

    cluster.core().deleteNamespacedPod("gone", namespace).gracePeriodSeconds(0).execute();

    Await.until("no instance", () -> cluster.instances(namespace).isEmpty());
  }

  @Test
  void podMadeAgainUnderItsName_isTwoInstancesInTurn() throws Exception {
    String first =
        cluster
            .core()
            .createNamespacedPod(namespace, pod("phoenix", container("nginx")))
            .execute()
            .getMetadata()
            .getUid();
    cluster.core().deleteNamespacedPod("phoenix", namespace).gracePeriodSeconds(0).execute();
    String second =
        cluster
            .core()
            .createNamespacedPod(namespace, pod("phoenix", container("nginx")))
            .execute()
            .getMetadata()
            .getUid();

    assertThat(second).isNotEqualTo(first);
    Await.until(
        "the second pod Running, with the only instance",
        () ->
            "Running".equals(cluster.pod(namespace, "phoenix").orElseThrow().getStatus().getPhase())
                && cluster.instances(namespace).stream()
                    .map(instance -> instance.getUid())
                    .toList()
                    .equals(List.of(second)));
  }
}
