package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.viking.cloud.v1.ContainerUsage;
import io.viking.cloud.v1.GetUsageRequest;
import io.viking.cloud.v1.GetUsageResponse;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** CPU and memory of what runs. */
public abstract class UsageContract extends ContractTopic {
  @Test
  void usage_ofARunningInstance_namesItsContainers() {
    onlyIf(info().getCapabilities().getUsage(), "the pool does not measure usage");
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());

    GetUsageResponse usage =
        await("usage of " + running.getUid())
            .atMost(adapter().patience())
            .until(() -> usage(cluster, running.getUid()), u -> u.getInstancesCount() == 1);

    assertThat(usage.hasTime()).as("time").isTrue();
    assertThat(usage.getInstances(0).getUid()).isEqualTo(running.getUid());
    assertThat(usage.getInstances(0).getContainersList())
        .extracting(ContainerUsage::getName)
        .containsExactly(TestPod.CONTAINER);
  }

  @Test
  void usage_isCumulative_andNeverFalls() {
    onlyIf(info().getCapabilities().getUsage(), "the pool does not measure usage");
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());
    List<GetUsageResponse> measured = new ArrayList<>();

    await("usage at five times")
        .atMost(adapter().patience())
        .until(
            () -> {
              GetUsageResponse next = usage(cluster, running.getUid());
              if (next.getInstancesCount() == 1
                  && (measured.isEmpty() || !measured.getLast().getTime().equals(next.getTime()))) {
                measured.add(next);
              }
              return measured.size() == 5;
            });

    assertThat(measured)
        .extracting(usage -> usage.getInstances(0).getContainers(0).getCpuNanoseconds())
        .isSorted();
    assertThat(measured)
        .extracting(usage -> usage.getInstances(0).getContainers(0).getStartTime())
        .containsOnly(running.getContainers(0).getRunning().getStartTime());
  }

  @Test
  void usage_ofAnUnknownInstance_isLeftOut() {
    onlyIf(info().getCapabilities().getUsage(), "the pool does not measure usage");

    assertThat(usage(newCluster(), UUID.randomUUID().toString()).getInstancesList())
        .extracting(InstanceUsage::getUid)
        .isEmpty();
  }

  private static GetUsageResponse usage(TestCluster cluster, String uid) {
    return cluster
        .calls()
        .getUsage(GetUsageRequest.newBuilder().setClusterId(cluster.id()).addUids(uid).build());
  }
}
