package io.viking.simulation.world;

import io.kubernetes.client.openapi.models.DiscoveryV1EndpointPort;
import io.kubernetes.client.openapi.models.V1Endpoint;
import io.kubernetes.client.openapi.models.V1EndpointConditions;
import io.kubernetes.client.openapi.models.V1EndpointSlice;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Service;
import io.viking.kube.cache.ResourceType;
import io.viking.simulation.api.ModelApiServer;
import io.viking.simulation.api.Present;
import io.viking.syncer.pods.lifecycle.PodObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The endpoint slice controller, with one slice for each Service. */
final class SliceController {
  private static final String SERVICE_LABEL = "kubernetes.io/service-name";

  private final ModelApiServer api;

  SliceController(ModelApiServer api) {
    this.api = api;
  }

  /** Has every slice say what its Service's pods are now. */
  void sync() {
    for (V1Service service : List.copyOf(api.all(ResourceType.SERVICES))) {
      if (Present.metadata(service).getDeletionTimestamp() == null) {
        sync(service);
      }
    }
  }

  /** Of a Service, as a slice has them. */
  List<V1Endpoint> endpoints(V1Service service) {
    Map<String, String> selector = Fronts.selector(service);
    var endpoints = new ArrayList<V1Endpoint>();
    for (V1Pod pod : api.all(ResourceType.PODS)) {
      Map<String, String> labels = Present.metadata(pod).getLabels();
      boolean isChosen = labels != null && labels.entrySet().containsAll(selector.entrySet());
      if (isChosen && !PodObject.isTerminal(pod) && Present.status(pod).getPodIP() != null) {
        endpoints.add(endpoint(pod).hostname(hostname(pod, service)));
      }
    }
    return endpoints;
  }

  /** Those of them that are ready. */
  List<V1Endpoint> ready(V1Service service) {
    return endpoints(service).stream().filter(SliceController::isReady).toList();
  }

  private static boolean isReady(V1Endpoint endpoint) {
    V1EndpointConditions conditions = endpoint.getConditions();
    return conditions != null && Boolean.TRUE.equals(conditions.getReady());
  }

  /** A pod that names the Service as its subdomain has a name below it. */
  private static @Nullable String hostname(V1Pod pod, V1Service service) {
    V1PodSpec spec = pod.getSpec();
    return spec != null
            && String.valueOf(Present.metadata(service).getName()).equals(spec.getSubdomain())
        ? spec.getHostname()
        : null;
  }

  private void sync(V1Service service) {
    V1ObjectMeta owner = Present.metadata(service);
    String name = owner.getName() + "-slice";
    List<V1Endpoint> endpoints = endpoints(service);
    Optional<V1EndpointSlice> present =
        api.get(ResourceType.ENDPOINT_SLICES, Templates.NAMESPACE, name);
    if (present.isEmpty()) {
      var slice =
          new V1EndpointSlice()
              .metadata(
                  new V1ObjectMeta()
                      .name(name)
                      .putLabelsItem(SERVICE_LABEL, String.valueOf(owner.getName()))
                      .addOwnerReferencesItem(
                          new V1OwnerReference()
                              .apiVersion("v1")
                              .kind("Service")
                              .name(String.valueOf(owner.getName()))
                              .uid(String.valueOf(owner.getUid()))))
              .addressType("IPv4")
              .endpoints(endpoints)
              .addPortsItem(new DiscoveryV1EndpointPort().name("http").port(8080).protocol("TCP"));
      api.create(ResourceType.ENDPOINT_SLICES, Templates.NAMESPACE, slice);
    } else if (!endpoints.equals(present.get().getEndpoints())) {
      V1EndpointSlice before = present.get();
      api.replace(
          ResourceType.ENDPOINT_SLICES,
          new V1EndpointSlice()
              .metadata(before.getMetadata())
              .addressType(before.getAddressType())
              .ports(before.getPorts())
              .endpoints(endpoints));
    }
  }

  private static V1Endpoint endpoint(V1Pod pod) {
    boolean isDeleting = PodObject.isDeleting(pod);
    return new V1Endpoint()
        .addAddressesItem(String.valueOf(Present.status(pod).getPodIP()))
        .conditions(
            new V1EndpointConditions()
                .ready(isReady(pod) && !isDeleting)
                .serving(isReady(pod))
                .terminating(isDeleting))
        .targetRef(
            new V1ObjectReference()
                .kind("Pod")
                .namespace(Templates.NAMESPACE)
                .name(PodObject.ref(pod).name())
                .uid(PodObject.ref(pod).uid()));
  }

  private static boolean isReady(V1Pod pod) {
    var conditions = Present.status(pod).getConditions();
    return conditions != null
        && conditions.stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }
}
