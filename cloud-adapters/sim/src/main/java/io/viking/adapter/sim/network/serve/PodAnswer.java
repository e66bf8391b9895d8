package io.viking.adapter.sim.network.serve;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a simulated pod says when it is asked: who it is, and what it saw. JSON. */
final class PodAnswer {
  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final Gson LINE = new GsonBuilder().disableHtmlEscaping().create();

  private PodAnswer() {}

  /**
   * To a request over HTTP.
   *
   * @param path with its query, as the pod sees it
   * @param headers likewise
   */
  static String http(
      SimulatedPod pod, int port, String method, String path, Map<String, String> headers) {
    Map<String, Object> answer = head(pod, port);
    answer.put("method", method);
    answer.put("path", path);
    answer.put("headers", headers);
    return PRETTY.toJson(answer) + "\n";
  }

  /** To a datagram. */
  static String datagram(SimulatedPod pod, int port, String text) {
    Map<String, Object> answer = head(pod, port);
    answer.put("received", text);
    return LINE.toJson(answer) + "\n";
  }

  private static Map<String, Object> head(SimulatedPod pod, int port) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("pod", pod.name());
    answer.put("namespace", pod.namespace());
    answer.put("uid", pod.uid());
    answer.put("container", pod.container());
    answer.put("zone", pod.zone());
    answer.put("address", pod.address());
    answer.put("port", port);
    return answer;
  }
}
