package io.viking.chaos.run;

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

/** What stands before the pods of a round: a Service of each kind, and an Ingress. */
final class Fronts {
  /** Of the pods behind them. */
  static final Map<String, String> LABEL = Map.of("chaos", "round");

  private static final String PLAIN = "plain";
  private static final String NAMESPACE = "chaos-";
  private static final int PORT = 80;

  private Fronts() {}

  static List<V1Service> services() {
    return List.of(
        service("balanced", new V1ServiceSpec().type("LoadBalancer")),
        service("headless", new V1ServiceSpec().clusterIP("None")),
        service(PLAIN, new V1ServiceSpec()));
  }

  private static V1Service service(String name, V1ServiceSpec spec) {
    return new V1Service()
        .metadata(new V1ObjectMeta().name(name))
        .spec(
            spec.selector(LABEL)
                .ports(
                    List.of(
                        new V1ServicePort()
                            .name("http")
                            .port(PORT)
                            .targetPort(new IntOrString(8080)))));
  }

  static V1Ingress ingress(String namespace) {
    var backend =
        new V1IngressBackend()
            .service(
                new V1IngressServiceBackend()
                    .name(PLAIN)
                    .port(new V1ServiceBackendPort().number(PORT)));
    return new V1Ingress()
        .metadata(new V1ObjectMeta().name("front"))
        .spec(
            new V1IngressSpec()
                .ingressClassName("alb")
                .rules(
                    List.of(
                        new V1IngressRule()
                            .host(host(namespace))
                            .http(
                                new V1HTTPIngressRuleValue()
                                    .paths(
                                        List.of(
                                            new V1HTTPIngressPath()
                                                .path("/")
                                                .pathType("Prefix")
                                                .backend(backend)))))));
  }

  /** That the Ingress of a namespace has a rule for. */
  static String host(String namespace) {
    return namespace + ".example";
  }

  static String namespace(int round) {
    return NAMESPACE + round;
  }

  static boolean isOurs(V1Service service) {
    return String.valueOf(service.getMetadata().getNamespace()).startsWith(NAMESPACE);
  }

  static boolean isBehindIngress(V1Service service) {
    return isOurs(service) && PLAIN.equals(service.getMetadata().getName());
  }

  /** Whether it is the name of a Service of these namespaces, or of something of it. */
  static boolean isOurName(String record) {
    return record.matches("(.*\\.)?[a-z]+\\.chaos-[0-9]+\\.svc");
  }
}
