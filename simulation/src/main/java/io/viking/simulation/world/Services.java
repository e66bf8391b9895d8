package io.viking.simulation.world;

import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1Endpoint;
import io.kubernetes.client.openapi.models.V1EndpointConditions;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.kube.cache.ResourceType;
import io.viking.simulation.api.Present;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Services of type LoadBalancer for the pods of some templates, and what must be so of them. */
final class Services {
  /** Labels "app" of the pods that they choose; a Service has the name of its own. */
  static final List<String> APPS = List.of("web", "spread", "here");

  private final World world;

  Services(World world) {
    this.world = world;
  }

  static V1Service service(String app) {
    return new V1Service()
        .apiVersion("v1")
        .kind("Service")
        .metadata(new V1ObjectMeta().name(app))
        .spec(
            new V1ServiceSpec()
                .type("LoadBalancer")
                .clusterIP("10.96.0." + (10 + APPS.indexOf(app)))
                .selector(Map.of("app", app))
                .addPortsItem(
                    new V1ServicePort()
                        .name("http")
                        .port(80)
                        .protocol("TCP")
                        .targetPort(new IntOrString(8080))));
  }

  static Map<String, String> selector(V1Service service) {
    V1ServiceSpec spec = service.getSpec();
    Map<String, String> selector = spec == null ? null : spec.getSelector();
    return selector == null ? Map.of() : selector;
  }

  /**
   * Each Service has its load balancer, and that the Service's ready pods and nothing else; no load
   * balancer is without its Service.
   *
   * @throws BrokenInvariant naming all that is not so
   */
  void checkRest() {
    Map<String, LoadBalancer> balancers =
        world.cloud.balancers().stream()
            .collect(Collectors.toMap(one -> one.getRef().getKey(), one -> one));
    var wrong = new ArrayList<String>();
    for (V1Service service : world.api.all(ResourceType.SERVICES)) {
      V1ObjectMeta metadata = Present.metadata(service);
      Optional<LoadBalancer> balancer =
          Optional.ofNullable(balancers.remove(String.valueOf(metadata.getUid())));
      trouble(service, metadata, balancer)
          .ifPresent(why -> wrong.add("Service " + metadata.getName() + " " + why));
    }
    balancers.keySet().forEach(key -> wrong.add("load balancer of " + key + " has no Service"));
    if (!wrong.isEmpty()) {
      throw new BrokenInvariant("after quiet: " + String.join("; ", wrong));
    }
  }

  private Optional<String> trouble(
      V1Service service, V1ObjectMeta metadata, Optional<LoadBalancer> balancer) {
    if (metadata.getDeletionTimestamp() != null) {
      return Optional.of("is still being deleted");
    }
    if (balancer.isEmpty()) {
      return Optional.of("has no load balancer");
    }
    Set<String> wanted = ready(world.slices.endpoints(service));
    Set<String> had =
        balancer.get().getServerGroupsList().stream()
            .flatMap(group -> group.getBackendsList().stream())
            .map(Backend::getAddress)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!wanted.equals(had)) {
      return Optional.of("has the backends %s and wants %s".formatted(had, wanted));
    }
    var status = service.getStatus();
    boolean isTold = status != null && status.getLoadBalancer() != null;
    return isTold ? Optional.empty() : Optional.of("does not say where it is reached");
  }

  private static Set<String> ready(Collection<V1Endpoint> endpoints) {
    return endpoints.stream()
        .filter(one -> isReady(one.getConditions()))
        .flatMap(one -> one.getAddresses().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isReady(@Nullable V1EndpointConditions conditions) {
    return conditions != null && Boolean.TRUE.equals(conditions.getReady());
  }
}
