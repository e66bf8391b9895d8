package io.viking.bench.churn;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.bench.load.Retries;
import io.viking.bench.workload.PodShape;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Pods that come and go one by one, and when the client asked for what; by index. */
final class Visitors {
  private final KubeApi api;
  private final String namespace;
  private final String prefix;
  private final PodShape shape;
  private final Retries retries = new Retries();
  private final Map<Integer, Visit> visits = new ConcurrentHashMap<>();
  private final Map<Integer, Long> leaving = new ConcurrentHashMap<>();

  /**
   * A pod that was created; nanoseconds.
   *
   * @param asked when the create call began
   * @param accepted when its answer was there
   */
  record Visit(String uid, long asked, long accepted) {}

  Visitors(KubeApi api, String namespace, String prefix, PodShape shape) {
    this.api = api;
    this.namespace = namespace;
    this.prefix = prefix;
    this.shape = shape;
  }

  Visit come(int index) throws InterruptedException {
    long asked = System.nanoTime();
    V1Pod made =
        retries.call(() -> api.create(ResourceType.PODS, namespace, shape.pod(name(index))));
    String uid = Objects.requireNonNull(Objects.requireNonNull(made.getMetadata()).getUid());
    var visit = new Visit(uid, asked, System.nanoTime());
    visits.put(index, visit);
    return visit;
  }

  void go(int index, Visit visit) throws InterruptedException {
    leaving.put(index, System.nanoTime());
    retries.run(
        () -> {
          try {
            api.delete(
                ResourceType.PODS, namespace, name(index), visit.uid(), PodShape.GRACE_SECONDS);
          } catch (KubeApiException gone) {
            if (!gone.isNotFound()) {
              throw gone;
            }
          }
        });
  }

  /** By index. */
  Map<Integer, Visit> visits() {
    return Map.copyOf(visits);
  }

  /** When the delete calls began, by index. */
  Map<Integer, Long> leaving() {
    return Map.copyOf(leaving);
  }

  private String name(int index) {
    return prefix + "-" + index;
  }
}
