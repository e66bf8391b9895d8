package io.viking.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Timestamp;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.viking.bench.floor.FloorStatus;
import io.viking.bench.workload.PodPlacement;
import io.viking.bench.workload.PodShape;
import io.viking.bench.workload.TokenUse;
import io.viking.cloud.v1.ContainerRunning;
import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceCondition;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.Price;
import io.viking.syncer.pods.status.PodStatuses;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The floor writes what the syncer writes: a shorter patch would be a floor that nobody can reach.
 */
class FloorStatusTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
  private static final String UID = "c42bb852-c796-423b-87a0-f5d38f67b954";

  @Test
  void patchOfTheFloor_hasTheFieldsOfTheSyncers_andIsAsLong() {
    String floor = FloorStatus.patch(UID, 4711, PodShape.IMAGE, NOW);
    String syncer = PodStatuses.patch(pod(), instance(), "127.0.0.1", NOW).orElseThrow();

    assertThat(paths(floor)).isEqualTo(paths(syncer));
    assertThat(floor.length()).isBetween(syncer.length() - 20, syncer.length() + 20);
  }

  @Test
  void everyPod_hasAnAddressOfItsOwn() {
    Set<String> addresses = new TreeSet<>();
    for (int i = 0; i < 10_000; i++) {
      JsonObject patch =
          JsonParser.parseString(FloorStatus.patch(UID, i, PodShape.IMAGE, NOW)).getAsJsonObject();
      addresses.add(patch.getAsJsonObject("status").get("podIP").getAsString());
    }

    assertThat(addresses).hasSize(10_000);
    assertThat(addresses).allMatch(ip -> ip.matches("10(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}"));
  }

  private static V1Pod pod() {
    V1Pod pod =
        new PodShape(TokenUse.WITH, PodPlacement.by("viking"), Map.of()).pod("storm-s1-4711");
    V1ObjectMeta metadata = pod.getMetadata();
    metadata.uid(UID).namespace("ns").generation(1L).setResourceVersion("7");
    return pod.status(new V1PodStatus().phase("Pending"));
  }

  /** As the simulated cloud tells it. */
  private static Instance instance() {
    Timestamp time = Timestamp.newBuilder().setSeconds(NOW.getEpochSecond()).build();
    return Instance.newBuilder()
        .setUid(UID)
        .setPhase(InstancePhase.INSTANCE_PHASE_RUNNING)
        .setZone("cn-hangzhou-h")
        .setInstanceId("eci-sim0gloaudxbozjk")
        .setInstanceType("0.25-0.5Gi")
        .setPrice(Price.newBuilder().setCurrency("CNY").setNanosPerSecond(15_315))
        .addAddresses("10.64.18.212")
        .setCreateTime(time)
        .addConditions(
            InstanceCondition.newBuilder().setType("ContainerInstanceCreated").setStatus(true))
        .addContainers(
            ContainerStatus.newBuilder()
                .setName("main")
                .setImage(PodShape.IMAGE)
                .setImageId(
                    "sim://sha256:5be1ecc7935f1dd85635d4feedaf660594030253cc97c9e9ca3819ffeac36b65")
                .setContainerId("sim://eci-sim0gloaudxbozjk-main-1")
                .setStarted(true)
                .setReady(true)
                .setRunning(ContainerRunning.newBuilder().setStartTime(time)))
        .build();
  }

  private static Set<String> paths(String json) {
    var paths = new TreeSet<String>();
    collect("", JsonParser.parseString(json), paths);
    return paths;
  }

  private static void collect(String path, JsonElement element, Set<String> paths) {
    switch (element) {
      case JsonObject object ->
          object.entrySet().forEach(e -> collect(path + "." + e.getKey(), e.getValue(), paths));
      case JsonArray array ->
          array.forEach(item -> collect(path + "[" + type(item) + "]", item, paths));
      default -> paths.add(path);
    }
  }

  /** Conditions are told apart by their type. */
  private static String type(JsonElement item) {
    return item instanceof JsonObject object && object.has("type")
        ? object.get("type").getAsString()
        : "";
  }
}
