package io.viking.bench.floor;

import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.kubernetes.client.openapi.models.V1BoundObjectReference;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1TokenRequestSpec;
import io.viking.bench.load.Retries;
import io.viking.bench.load.Wide;
import io.viking.bench.watch.PodTimes;
import io.viking.bench.workload.PodShape;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.ObjectRef;
import io.viking.kube.client.PatchFormat;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * The least that takes pods to Running and away again, call after call: create, bind, a token
 * request if the pod mounts one, a status patch; a deletion, and the final one.
 */
final class BareClient {
  /** As long as the one that the scheduler's binding carries. */
  private static final Map<String, String> ZONES =
      Map.of("viking.io/zones", "bench-floor-h,bench-floor-i,bench-floor-j");

  /** What a projected token asks for. */
  private static final long TOKEN_SECONDS = 3607;

  private final KubeApi api;
  private final InstantSource clock;
  private final String namespace;
  private final String node;
  private final PodShape shape;
  private final Retries retries = new Retries();

  BareClient(KubeApi api, InstantSource clock, String namespace, String node, PodShape shape) {
    this.api = api;
    this.clock = clock;
    this.namespace = namespace;
    this.node = node;
    this.shape = shape;
  }

  int retries() {
    return retries.count();
  }

  void run(String prefix, int pods, int width) throws InterruptedException {
    Wide.run(width, pods, i -> take(prefix + "-" + i, i));
  }

  void delete(List<PodTimes> pods, int width) throws InterruptedException {
    Wide.run(
        width,
        pods.size(),
        i -> {
          PodTimes pod = pods.get(i);
          retries.run(() -> delete(pod, PodShape.GRACE_SECONDS));
          retries.run(() -> delete(pod, 0));
        });
  }

  private void take(String name, int index) throws InterruptedException {
    V1Pod pod = shape.pod(name);
    String uid =
        ObjectRef.of(retries.call(() -> api.create(ResourceType.PODS, namespace, pod))).uid();
    retries.run(() -> api.bind(namespace, name, uid, node, Map.of(), ZONES));
    if (shape.token().mounts()) {
      retries.run(() -> api.createToken(namespace, "default", token(name, uid)));
    }
    retries.run(
        () ->
            api.patch(
                ResourceType.PODS,
                namespace,
                name,
                "status",
                PatchFormat.STRATEGIC_MERGE,
                FloorStatus.patch(uid, index, PodShape.IMAGE, clock.instant())));
  }

  private void delete(PodTimes pod, long grace) {
    try {
      api.delete(ResourceType.PODS, namespace, pod.name(), pod.uid(), grace);
    } catch (KubeApiException gone) {
      if (!gone.isNotFound()) {
        throw gone;
      }
    }
  }

  private static AuthenticationV1TokenRequest token(String pod, String uid) {
    return new AuthenticationV1TokenRequest()
        .spec(
            new V1TokenRequestSpec()
                .expirationSeconds(TOKEN_SECONDS)
                .boundObjectRef(
                    new V1BoundObjectReference().apiVersion("v1").kind("Pod").name(pod).uid(uid)));
  }
}
