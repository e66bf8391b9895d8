package io.viking.bench.endpoints;

import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import io.viking.bench.load.Retries;
import io.viking.bench.load.Wide;
import io.viking.bench.session.Labels;
import io.viking.bench.workload.PodPlacement;
import io.viking.bench.workload.PodShape;
import io.viking.bench.workload.TokenUse;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The Services of a run and their pods, in one namespace. Driven by one thread. */
final class ServedPods {
  private static final String SERVICE = "bench.viking.io/service";
  private static final int PORT = 80;

  private final KubeApi api;
  private final String namespace;
  private final String storm;
  private final int width;
  private final Retries retries = new Retries();
  private int pods;
  private int everMade;

  /**
   * @param storm the pods' value of {@link Labels#STORM}
   * @param width creates at once
   */
  ServedPods(KubeApi api, String namespace, String storm, int width) {
    this.api = api;
    this.namespace = namespace;
    this.storm = storm;
    this.width = width;
  }

  /** All pods that were made and not deleted. */
  int pods() {
    return pods;
  }

  /** All that were made, deleted ones too. */
  int everMade() {
    return everMade;
  }

  String storm() {
    return storm;
  }

  /** Makes a Service, without pods; gives its UID. */
  String service(String name, ServiceKind kind) throws InterruptedException {
    V1Service service =
        new V1Service()
            .apiVersion("v1")
            .kind("Service")
            .metadata(new V1ObjectMeta().name(name))
            .spec(
                new V1ServiceSpec()
                    .selector(Map.of(SERVICE, name))
                    .ports(
                        List.of(
                            new V1ServicePort()
                                .name("http")
                                .port(PORT)
                                .targetPort(new IntOrString(PORT)))));
    V1ServiceSpec spec = Objects.requireNonNull(service.getSpec());
    switch (kind) {
      case LOAD_BALANCER -> spec.type("LoadBalancer").allocateLoadBalancerNodePorts(false);
      case HEADLESS -> spec.clusterIP("None");
    }
    V1Service made = retries.call(() -> api.create(ResourceType.SERVICES, namespace, service));
    return Objects.requireNonNull(Objects.requireNonNull(made.getMetadata()).getUid());
  }

  /** Makes so many Services, each of a kind by turns. */
  void services(List<String> names, List<ServiceKind> kinds) throws InterruptedException {
    Wide.run(width, names.size(), i -> service(names.get(i), kinds.get(i)));
  }

  /** Makes pods of these Services, {@code each} of every one, numbered from 0. */
  void pods(List<String> services, int each) throws InterruptedException {
    Wide.run(
        width,
        services.size() * each,
        i -> create(services.get(i / each), podName(services.get(i / each), i % each)));
    made(services.size() * each);
  }

  /** Makes one more. */
  void addPod(String service, String name) throws InterruptedException {
    create(service, name);
    made(1);
  }

  /** Deletes one. */
  void removePod(V1Pod pod) {
    V1ObjectMeta meta = Objects.requireNonNull(pod.getMetadata());
    api.delete(
        ResourceType.PODS,
        namespace,
        Objects.requireNonNull(meta.getName()),
        Objects.requireNonNull(meta.getUid()),
        PodShape.GRACE_SECONDS);
    pods--;
  }

  private void made(int count) {
    pods += count;
    everMade += count;
  }

  static String podName(String service, int number) {
    return service + "-" + number;
  }

  private void create(String service, String name) throws InterruptedException {
    var shape =
        new PodShape(
            TokenUse.WITHOUT,
            PodPlacement.by("viking"),
            Map.of(Labels.STORM, storm, SERVICE, service));
    retries.run(() -> api.createUnread(ResourceType.PODS, namespace, shape.pod(name)));
  }
}
