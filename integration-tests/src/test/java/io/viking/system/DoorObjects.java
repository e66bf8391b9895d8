package io.viking.system;

import static io.viking.system.DryRun.yaml;

import io.kubernetes.client.openapi.ApiClient;
import java.util.HashMap;
import java.util.Map;

/** Objects that the door is tried with. */
final class DoorObjects {
  private static final String HOST_PATH =
      """
      metadata: {labels: {app: a}}
      spec:
        restartPolicy: RESTART
        containers: [{name: main, image: nginx}]
        volumes: [{name: logs, hostPath: {path: /var/log}}]
      """;

  private DoorObjects() {}

  /** The API server goes by policies a moment after it has them, and by parameters likewise. */
  static void awaitInForce() {
    ApiClient client = SharedViking.cluster().clients().apiClient();
    Await.until(
        "the door in force",
        () ->
            !new DryRun(client)
                .create(
                    "/api/v1/namespaces/default/pods",
                    pod("{hostPID: true, containers: [{name: main, image: nginx}]}"))
                .isTaken());
  }

  static Map<String, Object> pod(String spec) {
    return new HashMap<>(
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Pod",
            "metadata",
            Map.of("name", "web"),
            "spec",
            yaml(spec)));
  }

  /** Of a collection, or of an object in it. */
  static String path(String namespace, String version, String plural) {
    return (version.equals("v1") ? "/api/v1" : "/apis/" + version)
        + "/namespaces/"
        + namespace
        + "/"
        + plural;
  }

  /** Of a pod with a volume of kind hostPath, as this kind of owner may have it. */
  static Map<String, Object> template(String kind) {
    return yaml(HOST_PATH.replace("RESTART", kind.endsWith("Job") ? "Never" : "Always"));
  }

  /** Of that name: "refused". */
  static Map<String, Object> owner(String version, String kind, Map<String, Object> template) {
    Map<String, Object> owner = new HashMap<>(Map.of("apiVersion", version, "kind", kind));
    owner.put("metadata", new HashMap<>(Map.of("name", "refused")));
    Map<String, Object> spec = new HashMap<>(Map.of("template", template));
    switch (kind) {
      case "PodTemplate" -> {
        owner.put("template", template);
        return owner;
      }
      case "CronJob" ->
          spec =
              new HashMap<>(Map.of("schedule", "0 0 1 1 *", "jobTemplate", Map.of("spec", spec)));
      case "Job" -> {}
      case "ReplicationController" -> spec.put("selector", Map.of("app", "a"));
      default -> spec.put("selector", Map.of("matchLabels", Map.of("app", "a")));
    }
    owner.put("spec", spec);
    return owner;
  }

  @SuppressWarnings("unchecked") // made above
  static Map<String, Object> spec(Map<String, Object> object) {
    return (Map<String, Object>) object.get("spec");
  }

  @SuppressWarnings("unchecked") // made above
  static Map<String, Object> metadata(Map<String, Object> object) {
    return (Map<String, Object>) object.get("metadata");
  }
}
