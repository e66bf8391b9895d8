package io.viking.bench.floor;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The one status patch that takes a pod of the floor to Running: what the syncer's says, and as
 * long; only that nobody had to find it out.
 */
public final class FloorStatus {
  private static final String[] CONDITIONS = {
    "PodReadyToStartContainers",
    "Initialized",
    "Ready",
    "ContainersReady",
    "ContainerInstanceCreated"
  };

  private FloorStatus() {}

  /**
   * @param index of the pod, which its address and ids are made of
   */
  public static String patch(String uid, int index, String image, Instant now) {
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    String ip = "10.%d.%d.%d".formatted(64 + index / 62_500, index / 250 % 250, 1 + index % 250);
    String instance = "eci-floor%011d".formatted(index);
    var conditions = new StringBuilder();
    for (String type : CONDITIONS) {
      conditions
          .append(conditions.isEmpty() ? "" : ",")
          .append(
              "{\"type\":\"%s\",\"status\":\"True\",\"lastTransitionTime\":\"%s\",\"observedGeneration\":1}"
                  .formatted(type, time));
    }
    return """
    {"metadata":{"uid":"%s","labels":{"topology.kubernetes.io/zone":"bench-floor-h"},\
    "annotations":{"k8s.aliyun.com/eci-instance-id":"%s",\
    "k8s.aliyun.com/eci-instance-spec":"0.25-0.5Gi","viking.io/price":"0.055134 CNY/h"}},\
    "status":{"phase":"Running","hostIP":"127.0.0.1","hostIPs":[{"ip":"127.0.0.1"}],\
    "podIP":"%s","podIPs":[{"ip":"%s"}],"startTime":"%s",\
    "containerStatuses":[{"name":"main","image":"%s",\
    "imageID":"sim://sha256:5be1ecc7935f1dd85635d4feedaf660594030253cc97c9e9ca3819ffeac36b65",\
    "containerID":"sim://%s-main-1","ready":true,"started":true,"restartCount":0,\
    "state":{"running":{"startedAt":"%s"}}}],\
    "conditions":[%s],"observedGeneration":1}}"""
        .formatted(uid, instance, ip, ip, time, image, instance, time, conditions);
  }
}
