package io.viking.syncer.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Node;
import io.viking.cloud.v1.Zone;
import io.viking.kube.client.KubeJson;
import io.viking.syncer.nodes.NodeAction.Create;
import io.viking.syncer.nodes.NodeAction.DeleteIfUnused;
import io.viking.syncer.nodes.NodeAction.Foreign;
import io.viking.syncer.nodes.NodeAction.Nothing;
import io.viking.syncer.nodes.NodeAction.Update;
import io.viking.syncer.pods.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeDecisionTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final ZoneNodeConfig CONFIG =
      new ZoneNodeConfig("sim", "v1.36.3-viking", "127.0.0.1", 10250);
  private static final Zone ZONE =
      Zone.newBuilder()
          .setId("zone-a")
          .setRegion("region-1")
          .setAvailable(true)
          .setCapacityMilliVcpu(64_000)
          .setCapacityMemoryMib(128 * 1024)
          .setCapacityInstances(1000)
          .setCapacityGpus(8)
          .build();
  private static final CloudView CLOUD = new CloudView(Optional.of(ZONE), "amd64", true);

  @Test
  void decide_noNode_createsItWhole() {
    JsonObject node = created();

    assertThat(Json.map(node.getAsJsonObject("metadata"), "annotations"))
        .containsValue("/metrics/resource/zone-a");
    assertThat(Json.map(node.getAsJsonObject("metadata"), "labels"))
        .containsEntry("topology.kubernetes.io/zone", "zone-a")
        .containsEntry("topology.kubernetes.io/region", "region-1")
        .containsEntry("type", "virtual-kubelet")
        .containsEntry("node-role.kubernetes.io/zone", "")
        .containsEntry("node.kubernetes.io/exclude-from-external-load-balancers", "true")
        .containsEntry("service.alibabacloud.com/exclude-node", "true");
    assertThat(node.getAsJsonObject("spec"))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"providerID":"viking-sim://region-1/zone-a",
                 "taints":[{"key":"virtual-kubelet.io/provider","value":"viking","effect":"NoSchedule"}]}
                """));
    JsonObject status = node.getAsJsonObject("status");
    assertThat(Json.map(status, "capacity"))
        .containsEntry("cpu", "64000m")
        .containsEntry("memory", "131072Mi")
        .containsEntry("pods", "1000")
        .containsEntry("nvidia.com/gpu", "8");
    assertThat(status.get("addresses").toString())
        .isEqualTo("[{\"type\":\"InternalIP\",\"address\":\"127.0.0.1\"}]");
    assertThat(status.get("daemonEndpoints").toString())
        .isEqualTo("{\"kubeletEndpoint\":{\"Port\":10250}}");
    assertThat(Json.objects(status, "conditions"))
        .extracting(c -> Json.string(c, "type") + "=" + Json.string(c, "status"))
        .containsExactly(
            "Ready=True",
            "MemoryPressure=False",
            "DiskPressure=False",
            "PIDPressure=False",
            "NetworkUnavailable=False",
            "viking.io/CloudReachable=True");
  }

  @Test
  void decide_nodeIsAsItShouldBe_doesNothing() {
    assertThat(decide(node(), CLOUD, NOW.plusSeconds(299))).isEqualTo(new Nothing());
  }

  @Test
  void decide_quantitiesWrittenOtherwise_doesNothing() {
    V1Node node = edited("status.capacity.cpu", "64", "status.allocatable.memory", "128Gi");

    assertThat(decide(node, CLOUD, NOW)).isEqualTo(new Nothing());
  }

  @Test
  void decide_heartbeatDue_writesStatusAndKeepsTransitions() {
    Update update = (Update) decide(node(), CLOUD, NOW.plusSeconds(300));

    JsonObject ready = Json.objects(status(update), "conditions").getFirst();
    assertThat(update.object()).isEmpty();
    assertThat(Json.string(ready, "lastHeartbeatTime")).isEqualTo("2026-11-21T10:05:00Z");
    assertThat(Json.string(ready, "lastTransitionTime")).isEqualTo("2026-11-21T10:00:00Z");
  }

  @Test
  void decide_cloudOutOfReach_taintsAndTellsButStaysReady() {
    Update update = (Update) decide(node(), new CloudView(Optional.of(ZONE), "amd64", false), NOW);

    assertThat(taints(update))
        .containsExactly("virtual-kubelet.io/provider", "viking.io/cloud-unreachable");
    assertThat(Json.objects(status(update), "conditions"))
        .extracting(c -> Json.string(c, "type") + "=" + Json.string(c, "status"))
        .contains("Ready=True", "viking.io/CloudReachable=False");
  }

  @Test
  void decide_cloudBack_takesItsTaintAway() {
    V1Node tainted =
        withTaints(
            "{\"key\":\"virtual-kubelet.io/provider\",\"value\":\"viking\",\"effect\":\"NoSchedule\"}",
            "{\"key\":\"viking.io/cloud-unreachable\",\"effect\":\"NoSchedule\"}");

    assertThat(taints((Update) decide(tainted, CLOUD, NOW)))
        .containsExactly("virtual-kubelet.io/provider");
  }

  @Test
  void decide_usersTaintsLabelsAndCordon_stay() {
    V1Node node =
        withTaints(
            "{\"key\":\"virtual-kubelet.io/provider\",\"value\":\"viking\",\"effect\":\"NoSchedule\"}",
            "{\"key\":\"team\",\"value\":\"blue\",\"effect\":\"NoExecute\"}",
            "{\"key\":\"node.kubernetes.io/unschedulable\",\"effect\":\"NoSchedule\"}");
    node.getSpec().setUnschedulable(true);
    node.getMetadata().getLabels().put("team", "blue");

    assertThat(decide(node, CLOUD, NOW)).isEqualTo(new Nothing());
    Update update = (Update) decide(node, new CloudView(Optional.of(ZONE), "amd64", false), NOW);
    assertThat(taints(update))
        .containsExactly(
            "team",
            "node.kubernetes.io/unschedulable",
            "virtual-kubelet.io/provider",
            "viking.io/cloud-unreachable");
    assertThat(update.object().orElseThrow().toString())
        .contains("\"resourceVersion\":\"7\"")
        .doesNotContain("unschedulable\":");
  }

  @Test
  void decide_providerTaintTakenAway_putsItBack() {
    assertThat(taints((Update) decide(withTaints(), CLOUD, NOW)))
        .containsExactly("virtual-kubelet.io/provider");
  }

  @Test
  void decide_zoneNotOnSale_isTainted() {
    CloudView closed =
        new CloudView(Optional.of(ZONE.toBuilder().setAvailable(false).build()), "amd64", true);

    assertThat(taints((Update) decide(node(), closed, NOW))).contains("viking.io/zone-unavailable");
  }

  @Test
  void decide_zoneVanished_taintsFirstThenDeletes() {
    CloudView gone = new CloudView(Optional.empty(), "amd64", true);

    assertThat(taints((Update) decide(node(), gone, NOW))).contains("viking.io/zone-unavailable");
    V1Node tainted =
        withTaints(
            "{\"key\":\"virtual-kubelet.io/provider\",\"value\":\"viking\",\"effect\":\"NoSchedule\"}",
            "{\"key\":\"viking.io/zone-unavailable\",\"effect\":\"NoSchedule\"}");
    assertThat(decide(tainted, gone, NOW)).isEqualTo(new DeleteIfUnused("uid-n"));
  }

  @Test
  void decide_nodeTurnedUnknown_saysReadyAgain() {
    JsonObject json = KubeJson.gson().toJsonTree(node()).getAsJsonObject();
    Json.objects(json.getAsJsonObject("status"), "conditions")
        .getFirst()
        .addProperty("status", "Unknown");

    Update update = (Update) decide(KubeJson.gson().fromJson(json, V1Node.class), CLOUD, NOW);

    assertThat(Json.string(Json.objects(status(update), "conditions").getFirst(), "status"))
        .isEqualTo("True");
  }

  @Test
  void decide_kubeletPortMoved_writesEndpoints() {
    var moved = new ZoneNodeConfig("sim", "v1.36.3-viking", "127.0.0.1", 20250);

    Update update = (Update) NodeDecision.decide(Optional.of(node()), CLOUD, moved, NOW);

    assertThat(status(update).get("daemonEndpoints").toString()).contains("20250");
  }

  @Test
  void decide_nodeOfSomebodyElse_isLeftAlone() {
    V1Node foreign = node();
    foreign.getSpec().setProviderID("alicloud://x");

    assertThat(decide(foreign, CLOUD, NOW)).isEqualTo(new Foreign("alicloud://x"));
  }

  private static NodeAction decide(V1Node node, CloudView cloud, Instant now) {
    return NodeDecision.decide(Optional.of(node), cloud, CONFIG, now);
  }

  private static JsonObject created() {
    return ((Create) NodeDecision.decide(Optional.empty(), CLOUD, CONFIG, NOW)).node();
  }

  private static V1Node node() {
    JsonObject json = created();
    json.getAsJsonObject("metadata").addProperty("uid", "uid-n");
    json.getAsJsonObject("metadata").addProperty("resourceVersion", "7");
    return KubeJson.gson().fromJson(json, V1Node.class);
  }

  private static V1Node edited(String... pathsAndValues) {
    JsonObject json = KubeJson.gson().toJsonTree(node()).getAsJsonObject();
    for (int i = 0; i < pathsAndValues.length; i += 2) {
      List<String> path = List.of(pathsAndValues[i].split("\\."));
      JsonObject at = json;
      for (String step : path.subList(0, path.size() - 1)) {
        at = at.getAsJsonObject(step);
      }
      at.addProperty(path.getLast(), pathsAndValues[i + 1]);
    }
    return KubeJson.gson().fromJson(json, V1Node.class);
  }

  private static V1Node withTaints(String... taints) {
    JsonObject json = KubeJson.gson().toJsonTree(node()).getAsJsonObject();
    json.getAsJsonObject("spec")
        .add("taints", JsonParser.parseString("[" + String.join(",", taints) + "]"));
    return KubeJson.gson().fromJson(json, V1Node.class);
  }

  private static List<String> taints(Update update) {
    return Json.objects(update.object().orElseThrow().getAsJsonObject("spec"), "taints").stream()
        .map(taint -> Json.string(taint, "key"))
        .toList();
  }

  private static JsonObject status(Update update) {
    return update.status().orElseThrow().getAsJsonObject("status");
  }
}
