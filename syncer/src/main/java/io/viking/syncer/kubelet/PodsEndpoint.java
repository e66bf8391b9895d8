package io.viking.syncer.kubelet;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.client.KubeJson;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Answers with the pods of a zone node, or of all. */
final class PodsEndpoint {
  private final ZonePods pods;

  PodsEndpoint(ZonePods pods) {
    this.pods = pods;
  }

  /**
   * A core/v1 PodList, one pod at a time, so that many pods are never one text in memory.
   *
   * @param node "" for all zone nodes
   * @param among those to tell of
   */
  void send(String node, Predicate<V1Pod> among, Responder responder)
      throws InterruptedException, Responder.GoneException {
    responder.begin("application/json");
    String before = "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[";
    for (V1Pod pod : pods.on(node)) {
      if (among.test(pod)) {
        responder.write((before + KubeJson.gson().toJson(pod)).getBytes(StandardCharsets.UTF_8));
        before = ",";
      }
    }
    responder.write((before.equals(",") ? "]}" : before + "]}").getBytes(StandardCharsets.UTF_8));
    responder.end();
  }
}
