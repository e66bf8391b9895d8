package io.viking.syncer.kubelet.usage;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.viking.syncer.pods.json.Json;
import java.time.Instant;

/**
 * {@code /stats/summary}, the kubelet's stats/v1alpha1: CPU and memory of node, pods and
 * containers. What a pool does not tell (network, disks) is left out, as the API allows. Pure.
 */
public final class StatsSummary {
  private StatsSummary() {}

  public static String write(NodeSample node) {
    JsonObject head = new JsonObject();
    head.addProperty("nodeName", node.node());
    head.addProperty("startTime", Json.time(node.start()));
    usage(head, node.time(), node.nanoCores(), node.cpuNanoseconds(), node.memoryWorkingSetBytes());
    var text = new StringBuilder().append("{\"node\":").append(head).append(",\"pods\":[");
    String before = "";
    for (PodSample pod : node.pods()) {
      text.append(before).append(pod(pod));
      before = ",";
    }
    return text.append("]}").toString();
  }

  private static JsonObject pod(PodSample pod) {
    JsonObject reference = new JsonObject();
    reference.addProperty("name", pod.name());
    reference.addProperty("namespace", pod.namespace());
    reference.addProperty("uid", pod.uid());
    JsonObject json = new JsonObject();
    json.add("podRef", reference);
    json.addProperty("startTime", Json.time(pod.start()));
    JsonArray containers = new JsonArray();
    for (ContainerSample container : pod.containers()) {
      JsonObject item = new JsonObject();
      item.addProperty("name", container.name());
      item.addProperty("startTime", Json.time(container.start()));
      usage(
          item,
          pod.time(),
          container.nanoCores(),
          container.cpuNanoseconds(),
          container.memoryWorkingSetBytes());
      containers.add(item);
    }
    json.add("containers", containers);
    usage(json, pod.time(), pod.nanoCores(), pod.cpuNanoseconds(), pod.memoryWorkingSetBytes());
    return json;
  }

  private static void usage(
      JsonObject into, Instant time, long nanoCores, long cpuNanoseconds, long memoryBytes) {
    JsonObject cpu = new JsonObject();
    cpu.addProperty("time", Json.time(time));
    cpu.addProperty("usageNanoCores", nanoCores);
    cpu.addProperty("usageCoreNanoSeconds", cpuNanoseconds);
    into.add("cpu", cpu);
    JsonObject memory = new JsonObject();
    memory.addProperty("time", Json.time(time));
    memory.addProperty("usageBytes", memoryBytes);
    memory.addProperty("workingSetBytes", memoryBytes);
    into.add("memory", memory);
  }
}
