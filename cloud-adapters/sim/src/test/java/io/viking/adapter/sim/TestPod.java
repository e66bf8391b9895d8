package io.viking.adapter.sim;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.Purchase;
import io.viking.cloud.v1.ZoneCandidate;

/** A pod to be: one container "main" that runs until it is stopped, unless told otherwise. */
public final class TestPod {
  private final JsonObject annotations = new JsonObject();
  private final JsonArray inits = new JsonArray();
  private final JsonArray apps = new JsonArray();
  private final JsonObject spec = new JsonObject();
  private final InstanceSpec.Builder builder = InstanceSpec.newBuilder();

  private TestPod(String uid) {
    builder.setUid(uid).setAttempt(1);
  }

  public static TestPod pod(String uid) {
    return new TestPod(uid);
  }

  public TestPod attempt(int attempt) {
    builder.setAttempt(attempt);
    return this;
  }

  public TestPod annotation(String key, String value) {
    annotations.addProperty(key, value);
    return this;
  }

  public TestPod sim(String key, String value) {
    return annotation("sim.viking.io/" + key, value);
  }

  public TestPod restart(String policy) {
    return field("restartPolicy", '"' + policy + '"');
  }

  public TestPod field(String name, String json) {
    spec.add(name, JsonParser.parseString(json));
    return this;
  }

  /** A container from the JSON of what differs from name and image. */
  public TestPod container(String name, String json) {
    apps.add(container(name, "nginx", json));
    return this;
  }

  public TestPod image(String image) {
    apps.add(container("main", image, "{}"));
    return this;
  }

  public TestPod init(String name, String json) {
    inits.add(container(name, "busybox", json));
    return this;
  }

  public TestPod resources(String cpu, String memory) {
    return container(
        "main",
        "{\"resources\":{\"requests\":{\"cpu\":\"" + cpu + "\",\"memory\":\"" + memory + "\"}}}");
  }

  public TestPod zone(String id, String... vswitches) {
    builder.addZones(
        ZoneCandidate.newBuilder().setZone(id).addAllVswitches(java.util.List.of(vswitches)));
    return this;
  }

  public TestPod types(String... types) {
    builder.addAllInstanceTypes(java.util.List.of(types));
    return this;
  }

  public TestPod purchase(Purchase.Builder purchase) {
    builder.setPurchase(purchase);
    return this;
  }

  public InstanceSpec spec() {
    InstanceSpec.Builder result = builder.clone();
    if (result.getZonesCount() == 0) {
      result.addZones(ZoneCandidate.newBuilder().setZone("cn-hangzhou-h"));
    }
    JsonObject metadata = new JsonObject();
    metadata.addProperty("name", "web-" + result.getUid());
    metadata.addProperty("namespace", "shop");
    metadata.add("annotations", annotations);
    JsonObject podSpec = spec.deepCopy();
    podSpec.add("initContainers", inits);
    JsonArray containers = apps.deepCopy();
    if (containers.isEmpty()) {
      containers.add(container("main", "nginx", "{}"));
    }
    podSpec.add("containers", containers);
    JsonObject pod = new JsonObject();
    pod.add("metadata", metadata);
    pod.add("spec", podSpec);
    return result.setPodManifest(ByteString.copyFromUtf8(pod.toString())).build();
  }

  private static JsonObject container(String name, String image, String json) {
    JsonObject container = JsonParser.parseString(json).getAsJsonObject();
    container.addProperty("name", name);
    if (!container.has("image")) {
      container.addProperty("image", image);
    }
    return container;
  }
}
