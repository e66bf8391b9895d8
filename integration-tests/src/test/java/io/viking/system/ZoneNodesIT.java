package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Node;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZoneNodesIT {
  private final Cluster cluster = SharedViking.cluster();

  @Test
  void nodes_areTheZonesOfTheCloud() throws Exception {
    List<V1Node> nodes = cluster.core().listNode().execute().getItems();

    assertThat(nodes)
        .extracting(node -> node.getMetadata().getName())
        .containsExactlyInAnyOrder("cn-hangzhou-h", "cn-hangzhou-i", "cn-hangzhou-j");
    assertThat(nodes)
        .allSatisfy(
            node -> {
              assertThat(node.getMetadata().getLabels())
                  .containsEntry("topology.kubernetes.io/zone", node.getMetadata().getName())
                  .containsEntry("topology.kubernetes.io/region", "cn-hangzhou")
                  .containsEntry("type", "virtual-kubelet");
              assertThat(node.getSpec().getTaints())
                  .anySatisfy(
                      taint -> {
                        assertThat(taint.getKey()).isEqualTo("virtual-kubelet.io/provider");
                        assertThat(taint.getEffect()).isEqualTo("NoSchedule");
                      });
              assertThat(node.getStatus().getConditions())
                  .anySatisfy(
                      condition -> {
                        assertThat(condition.getType()).isEqualTo("Ready");
                        assertThat(condition.getStatus()).isEqualTo("True");
                      });
            });
  }

  @Test
  void leases_areRenewed() throws Exception {
    var lease =
        new io.kubernetes.client.openapi.apis.CoordinationV1Api(cluster.core().getApiClient());
    var before = lease.readNamespacedLease("cn-hangzhou-h", "kube-node-lease").execute().getSpec();

    Await.until(
        "a renewed lease",
        () ->
            lease
                .readNamespacedLease("cn-hangzhou-h", "kube-node-lease")
                .execute()
                .getSpec()
                .getRenewTime()
                .isAfter(before.getRenewTime()));
  }
}
