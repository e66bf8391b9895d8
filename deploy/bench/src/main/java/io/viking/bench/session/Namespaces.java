package io.viking.bench.session;

import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import java.time.Duration;
import java.util.Map;

/** Namespaces of a benchmark. */
final class Namespaces {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int TRIES = 600;

  private Namespaces() {}

  /** Makes it and waits until the controllers have put in what pods need. */
  static void make(KubeApi api, String name, String run) throws InterruptedException {
    api.create(
        ResourceType.NAMESPACES,
        "",
        new V1Namespace()
            .apiVersion("v1")
            .kind("Namespace")
            .metadata(new V1ObjectMeta().name(name).labels(Map.of(Labels.RUN, run))));
    for (int i = 0; i < TRIES; i++) {
      if (api.get(ResourceType.SERVICE_ACCOUNTS, name, "default").isPresent()
          && api.get(ResourceType.CONFIG_MAPS, name, "kube-root-ca.crt").isPresent()) {
        return;
      }
      Thread.sleep(POLL);
    }
    throw new BenchFailure(
        "namespace %s got no ServiceAccount \"default\" or no ConfigMap \"kube-root-ca.crt\" within %d s: does kube-controller-manager run?"
            .formatted(name, POLL.multipliedBy(TRIES).toSeconds()));
  }
}
