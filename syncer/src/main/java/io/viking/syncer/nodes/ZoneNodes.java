package io.viking.syncer.nodes;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.viking.cloud.v1.Zone;
import io.viking.syncer.pods.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Node of a zone as it should be. Pure. */
final class ZoneNodes {
  /** Every zone node has it; our scheduler takes it for its own. */
  static final Taint PROVIDER = new Taint("virtual-kubelet.io/provider", "viking");

  static final Taint UNREACHABLE = new Taint("viking.io/cloud-unreachable", "");
  static final Taint UNAVAILABLE = new Taint("viking.io/zone-unavailable", "");

  /** The keys that we set and take away; taints of others stay. */
  static final List<String> TAINT_KEYS =
      List.of(PROVIDER.key(), UNREACHABLE.key(), UNAVAILABLE.key());

  // A node of 0 is dropped by metrics-server: what the adapter does not know is large.
  private static final long UNKNOWN_MILLI_CPU = 10_000_000;
  private static final long UNKNOWN_MEMORY_MIB = 40L << 20;
  private static final long UNKNOWN_INSTANCES = 10_000;
  private static final long EPHEMERAL_GIB_PER_INSTANCE = 20;

  /** With effect NoSchedule. */
  record Taint(String key, String value) {}

  record NodeCondition(String type, boolean status, String reason, String message) {}

  private ZoneNodes() {}

  static Map<String, String> labels(Zone zone, String architecture) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("topology.kubernetes.io/zone", zone.getId());
    labels.put("topology.kubernetes.io/region", zone.getRegion());
    labels.put("kubernetes.io/hostname", zone.getId());
    labels.put("kubernetes.io/os", "linux");
    labels.put("kubernetes.io/arch", architecture);
    labels.put("type", "virtual-kubelet");
    labels.put("node-role.kubernetes.io/zone", "");
    labels.put("node.kubernetes.io/exclude-from-external-load-balancers", "true");
    labels.put("service.alibabacloud.com/exclude-node", "true");
    return labels;
  }

  /**
   * All zone nodes have one address and port. Where metrics-server scrapes each of them is told by
   * the annotation that it has for nodes without a kubelet of their own.
   */
  static Map<String, String> annotations(String name) {
    return Map.of("metrics.k8s.io/resource-metrics-path", "/metrics/resource/" + name);
  }

  static List<Taint> taints(CloudView cloud) {
    boolean available = cloud.zone().map(Zone::getAvailable).orElse(false);
    List<Taint> taints = new java.util.ArrayList<>(List.of(PROVIDER));
    if (!cloud.reachable()) {
      taints.add(UNREACHABLE);
    }
    if (!available) {
      taints.add(UNAVAILABLE);
    }
    return taints;
  }

  static String providerId(Zone zone, ZoneNodeConfig config) {
    return config.providerScheme() + zone.getRegion() + "/" + zone.getId();
  }

  /** Kubernetes quantities by resource; the same for capacity and allocatable. */
  static Map<String, String> capacity(Zone zone) {
    long instances = orElse(zone.getCapacityInstances(), UNKNOWN_INSTANCES);
    Map<String, String> capacity = new LinkedHashMap<>();
    capacity.put("cpu", orElse(zone.getCapacityMilliVcpu(), UNKNOWN_MILLI_CPU) + "m");
    capacity.put("memory", orElse(zone.getCapacityMemoryMib(), UNKNOWN_MEMORY_MIB) + "Mi");
    capacity.put("pods", Long.toString(instances));
    capacity.put("ephemeral-storage", instances * EPHEMERAL_GIB_PER_INSTANCE + "Gi");
    if (zone.getCapacityGpus() > 0) {
      capacity.put("nvidia.com/gpu", Long.toString(zone.getCapacityGpus()));
    }
    return capacity;
  }

  private static long orElse(long known, long unknown) {
    return known > 0 ? known : unknown;
  }

  /**
   * Ready stays True whatever the cloud does: pods of a node that is not ready are evicted, and
   * running instances need no API to go on.
   */
  static List<NodeCondition> conditions(String name, CloudView cloud) {
    return List.of(
        new NodeCondition("Ready", true, "ZoneReady", "zone " + name + " is served"),
        new NodeCondition(
            "MemoryPressure", false, "PoolHasNone", "instances have their own memory"),
        new NodeCondition("DiskPressure", false, "PoolHasNone", "instances have their own disks"),
        new NodeCondition("PIDPressure", false, "PoolHasNone", "instances have their own kernels"),
        new NodeCondition(
            "NetworkUnavailable", false, "PoolNetwork", "instances have addresses of their own"),
        cloud.reachable()
            ? new NodeCondition("viking.io/CloudReachable", true, "CloudAnswers", "")
            : new NodeCondition(
                "viking.io/CloudReachable",
                false,
                "CloudDoesNotAnswer",
                "what runs goes on; nothing new starts until the cloud answers"));
  }

  /** The Node to create. */
  static JsonObject create(Zone zone, CloudView cloud, ZoneNodeConfig config, Instant now) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("name", zone.getId());
    metadata.add("labels", object(labels(zone, cloud.architecture())));
    metadata.add("annotations", object(annotations(zone.getId())));
    JsonObject spec = new JsonObject();
    spec.addProperty("providerID", providerId(zone, config));
    JsonArray taints = new JsonArray();
    taints(cloud).forEach(taint -> taints.add(json(taint)));
    spec.add("taints", taints);
    JsonObject status = new JsonObject();
    status.add("capacity", object(capacity(zone)));
    status.add("allocatable", object(capacity(zone)));
    JsonArray conditions = new JsonArray();
    conditions(zone.getId(), cloud)
        .forEach(condition -> conditions.add(json(condition, now, Json.time(now))));
    status.add("conditions", conditions);
    status.add("addresses", addresses(config));
    status.add("daemonEndpoints", daemonEndpoints(config));
    status.add("nodeInfo", nodeInfo(zone.getId(), cloud.architecture(), config));
    JsonObject node = new JsonObject();
    node.addProperty("apiVersion", "v1");
    node.addProperty("kind", "Node");
    node.add("metadata", metadata);
    node.add("spec", spec);
    node.add("status", status);
    return node;
  }

  /** InternalIP alone: with a Hostname the API server would dial a name. */
  static JsonArray addresses(ZoneNodeConfig config) {
    JsonObject address = new JsonObject();
    address.addProperty("type", "InternalIP");
    address.addProperty("address", config.internalIp());
    JsonArray addresses = new JsonArray();
    addresses.add(address);
    return addresses;
  }

  static JsonObject daemonEndpoints(ZoneNodeConfig config) {
    JsonObject endpoint = new JsonObject();
    endpoint.addProperty("Port", config.kubeletPort());
    JsonObject endpoints = new JsonObject();
    endpoints.add("kubeletEndpoint", endpoint);
    return endpoints;
  }

  static JsonObject nodeInfo(String name, String architecture, ZoneNodeConfig config) {
    JsonObject info = new JsonObject();
    info.addProperty("machineID", name);
    info.addProperty("systemUUID", name);
    info.addProperty("bootID", name);
    info.addProperty("kernelVersion", "one per instance");
    info.addProperty("osImage", "Viking zone");
    info.addProperty("containerRuntimeVersion", config.providerScheme() + "instances");
    info.addProperty("kubeletVersion", config.kubeletVersion());
    info.addProperty("kubeProxyVersion", "");
    info.addProperty("operatingSystem", "linux");
    info.addProperty("architecture", architecture);
    return info;
  }

  static JsonObject json(Taint taint) {
    JsonObject json = new JsonObject();
    json.addProperty("key", taint.key());
    Json.put(json, "value", taint.value());
    json.addProperty("effect", "NoSchedule");
    return json;
  }

  static JsonObject json(NodeCondition condition, Instant heartbeat, String transition) {
    JsonObject json = new JsonObject();
    json.addProperty("type", condition.type());
    json.addProperty("status", condition.status() ? "True" : "False");
    json.addProperty("reason", condition.reason());
    json.addProperty("message", condition.message());
    json.addProperty("lastHeartbeatTime", Json.time(heartbeat));
    json.addProperty("lastTransitionTime", transition);
    return json;
  }

  static JsonObject object(Map<String, String> map) {
    JsonObject object = new JsonObject();
    map.forEach(object::addProperty);
    return object;
  }
}
