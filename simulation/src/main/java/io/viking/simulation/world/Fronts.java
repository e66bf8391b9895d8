package io.viking.simulation.world;

import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1HTTPIngressPath;
import io.kubernetes.client.openapi.models.V1HTTPIngressRuleValue;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1IngressBackend;
import io.kubernetes.client.openapi.models.V1IngressRule;
import io.kubernetes.client.openapi.models.V1IngressServiceBackend;
import io.kubernetes.client.openapi.models.V1IngressSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceBackendPort;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What stands before the pods of some templates: Services of each kind, and Ingresses. */
final class Fronts {
  /** The headless Service under which some pods have names of their own. */
  static final String PEERS = "peers";

  private static final int PORT = 80;
  private static final String NO_ADDRESS = "None";

  /**
   * @param app label of the pods that it chooses
   * @param type "LoadBalancer", or "ClusterIP"
   * @param clusterIp "None": it is headless
   */
  private record Kind(String name, String app, String type, String clusterIp) {}

  private static final List<Kind> SERVICES =
      List.of(
          new Kind("web", "web", "LoadBalancer", "10.96.0.10"),
          new Kind("spread", "spread", "LoadBalancer", "10.96.0.11"),
          new Kind("here", "here", "LoadBalancer", "10.96.0.12"),
          new Kind("inner", "here", "ClusterIP", "10.96.0.13"),
          new Kind(PEERS, "web", "ClusterIP", NO_ADDRESS));

  /** By its name, the Service that it leads to: all of them share one load balancer. */
  private static final Map<String, String> INGRESSES =
      Map.of("shop", "web", "desk", "inner", "news", "spread");

  static final List<String> SERVICE_NAMES = SERVICES.stream().map(Kind::name).toList();
  static final List<String> INGRESS_NAMES = INGRESSES.keySet().stream().sorted().toList();

  private Fronts() {}

  static V1Service service(String name) {
    Kind kind = SERVICES.get(SERVICE_NAMES.indexOf(name));
    return new V1Service()
        .apiVersion("v1")
        .kind("Service")
        .metadata(new V1ObjectMeta().name(name))
        .spec(
            new V1ServiceSpec()
                .type(kind.type())
                .clusterIP(kind.clusterIp())
                .addClusterIPsItem(kind.clusterIp())
                .selector(Map.of("app", kind.app()))
                .addPortsItem(
                    new V1ServicePort()
                        .name("http")
                        .port(PORT)
                        .protocol("TCP")
                        .targetPort(new IntOrString(8080))));
  }

  static V1Ingress ingress(String name) {
    var backend =
        new V1IngressBackend()
            .service(
                new V1IngressServiceBackend()
                    .name(behind(name))
                    .port(new V1ServiceBackendPort().number(PORT)));
    var rule =
        new V1IngressRule()
            .host(host(name))
            .http(
                new V1HTTPIngressRuleValue()
                    .addPathsItem(
                        new V1HTTPIngressPath().path("/").pathType("Prefix").backend(backend)));
    return new V1Ingress()
        .apiVersion("networking.k8s.io/v1")
        .kind("Ingress")
        .metadata(new V1ObjectMeta().name(name))
        .spec(new V1IngressSpec().ingressClassName("alb").addRulesItem(rule));
  }

  static String host(String ingress) {
    return ingress + ".example";
  }

  /** The Service that an Ingress leads to. */
  static String behind(String ingress) {
    return String.valueOf(INGRESSES.get(ingress));
  }

  static Map<String, String> selector(V1Service service) {
    Map<String, String> selector = spec(service).getSelector();
    return selector == null ? Map.of() : selector;
  }

  static boolean isBalanced(V1Service service) {
    return "LoadBalancer".equals(spec(service).getType());
  }

  static boolean isHeadless(V1Service service) {
    return clusterIp(service).equals(NO_ADDRESS);
  }

  /** "None": it is headless. */
  static String clusterIp(V1Service service) {
    return String.valueOf(spec(service).getClusterIP());
  }

  static List<V1ServicePort> ports(V1Service service) {
    List<V1ServicePort> ports = spec(service).getPorts();
    return ports == null ? List.of() : ports;
  }

  /** Where the Service says that it is reached. */
  static Set<String> told(V1Service service) {
    var status = service.getStatus();
    var balancer = status == null ? null : status.getLoadBalancer();
    var at = balancer == null ? null : balancer.getIngress();
    return at == null
        ? Set.of()
        : at.stream()
            .map(one -> String.valueOf(one.getIp()))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static V1ServiceSpec spec(V1Service service) {
    V1ServiceSpec spec = service.getSpec();
    return spec == null ? new V1ServiceSpec() : spec;
  }
}
