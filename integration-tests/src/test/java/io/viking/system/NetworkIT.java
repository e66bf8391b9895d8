package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.NetworkingV1Api;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1HTTPIngressPath;
import io.kubernetes.client.openapi.models.V1HTTPIngressRuleValue;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1IngressBackend;
import io.kubernetes.client.openapi.models.V1IngressLoadBalancerIngress;
import io.kubernetes.client.openapi.models.V1IngressRule;
import io.kubernetes.client.openapi.models.V1IngressServiceBackend;
import io.kubernetes.client.openapi.models.V1IngressSpec;
import io.kubernetes.client.openapi.models.V1IngressTLS;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodReadinessGate;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceBackendPort;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.PatchFormat;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/** Services, names and Ingresses, as their clients find them: over HTTP, TLS and DNS. */
class NetworkIT {
  @TempDir Path directory;

  @Test
  void aLoadBalancer_reachesItsPods_followsTheirReadiness_andLeavesNothing() throws Exception {
    Cluster cluster = SharedViking.cluster();
    var network = new CloudNetwork(cluster);
    String namespace = cluster.newNamespace("lb");
    cluster.apps().createNamespacedDeployment(namespace, gated("web", 2)).execute();
    cluster.core().createNamespacedService(namespace, service("web").balanced()).execute();
    Await.until("two pods", () -> running(cluster, namespace) == 2);
    List<V1Pod> pods = cluster.pods(namespace);
    for (V1Pod pod : pods) {
      ready(cluster, pod, true);
    }
    Await.until("an address", () -> !addresses(cluster, namespace, "web").isEmpty());
    String address = addresses(cluster, namespace, "web").getFirst();
    Await.until(
        "answers of both pods",
        () -> answering(network, address, 80, names(pods)).equals(names(pods)));
    Await.until(
        "its name",
        () ->
            network
                .resolve("web." + namespace + ".svc.cluster.local", Type.A)
                .equals(Set.of(address)));

    ready(cluster, pods.getFirst(), false);
    Set<String> rest = names(pods.subList(1, 2));
    Await.until(
        "answers of the ready one alone",
        () -> answering(network, address, 80, names(pods)).equals(rest));

    cluster.core().deleteNamespacedService("web", namespace).execute();
    Await.until(
        "no load balancer, no Service, no name",
        () ->
            network.balancers().stream()
                    .noneMatch(one -> one.getLoadBalancer().getAddressesList().contains(address))
                && cluster.core().listNamespacedService(namespace).execute().getItems().isEmpty()
                && network.records("cluster.local").stream()
                    .noneMatch(name -> name.endsWith("." + namespace + ".svc")));
    cluster.deleteNamespace(namespace);
  }

  @Test
  void aHeadlessService_answersWithItsPods_byNameAndPort() throws Exception {
    Cluster cluster = SharedViking.cluster();
    var network = new CloudNetwork(cluster);
    String namespace = cluster.newNamespace("dns");
    String domain = namespace + ".svc.cluster.local";
    cluster.core().createNamespacedService(namespace, service("db").headless()).execute();
    var set = Workloads.statefulSet("db", 2);
    set.getSpec().getTemplate().getSpec().getContainers().getFirst().setPorts(List.of(http()));
    cluster.apps().createNamespacedStatefulSet(namespace, set).execute();
    Await.until("two pods", () -> running(cluster, namespace) == 2);
    Set<String> addresses =
        cluster.pods(namespace).stream()
            .map(pod -> pod.getStatus().getPodIP())
            .collect(Collectors.toCollection(TreeSet::new));

    Await.until("both addresses", () -> network.resolve("db." + domain, Type.A).equals(addresses));
    Await.until(
        "the ports of both",
        () ->
            network
                .resolve("_http._tcp.db." + domain, Type.SRV)
                .equals(
                    Set.of(
                        "0 100 80 db-0.db." + domain + ".", "0 100 80 db-1.db." + domain + ".")));
    assertThat(network.resolve("db-0.db." + domain, Type.A))
        .containsExactly(cluster.pod(namespace, "db-0").orElseThrow().getStatus().getPodIP());
    cluster.deleteNamespace(namespace);
    Await.until(
        "no records",
        () -> network.records("cluster.local").stream().noneMatch(n -> n.contains(namespace)));
  }

  @Test
  void anIngress_routesByHostAndPath_servesByName_andRotatesItsCertificate() throws Exception {
    Cluster cluster = SharedViking.cluster();
    var network = new CloudNetwork(cluster);
    var ingresses = new NetworkingV1Api(cluster.clients().apiClient());
    String namespace = cluster.newNamespace("ing");
    for (String app : List.of("front", "api")) {
      cluster.apps().createNamespacedDeployment(namespace, serving(app, 1)).execute();
      cluster.core().createNamespacedService(namespace, service(app).clusterIp()).execute();
    }
    TestCertificate first = TestCertificate.of("shop.example", 1);
    cluster.core().createNamespacedSecret(namespace, secret(first)).execute();
    ingresses.createNamespacedIngress(namespace, ingress("shop")).execute();
    Await.until("a host name", () -> !hostnames(ingresses, namespace).isEmpty());
    String hostname = hostnames(ingresses, namespace).getFirst();

    Await.until(
        "the front",
        () -> secure(network, hostname, "shop.example", "/").contains("\"pod\": \"front-"));
    Await.until(
        "the api",
        () -> secure(network, hostname, "shop.example", "/api/x").contains("\"pod\": \"api-"));
    assertThat(secure(network, hostname, "other.example", "/")).contains(" 404 ");
    assertThat(serial(network, hostname)).isEqualTo(BigInteger.ONE);

    TestCertificate second = TestCertificate.of("shop.example", 2);
    cluster.core().replaceNamespacedSecret("tls", namespace, secret(second)).execute();
    Await.until("the new certificate", () -> serial(network, hostname).intValue() == 2);

    // The answer is the Ingress that its finalizer keeps, not the Status that the library expects.
    ingresses.deleteNamespacedIngress("shop", namespace).buildCall(null).execute().close();
    Await.until(
        "no load balancer and no Ingress",
        () ->
            network.balancers().stream()
                    .noneMatch(one -> one.getLoadBalancer().getHostname().equals(hostname))
                && ingresses.listNamespacedIngress(namespace).execute().getItems().isEmpty());
    cluster.deleteNamespace(namespace);
  }

  @Test
  void killedBeforeTheLoadBalancerServes_andStartedAgain_hasItOnce_andDeletesIt() throws Exception {
    Path data = directory.resolve("data");
    String namespace;
    try (VikingProcess first = VikingProcess.up(data)) {
      Cluster cluster = first.cluster();
      namespace = cluster.newNamespace("restart");
      cluster.apps().createNamespacedDeployment(namespace, serving("web", 3)).execute();
      cluster.core().createNamespacedService(namespace, service("web").balanced()).execute();
      Await.until("a load balancer", () -> !new CloudNetwork(cluster).balancers().isEmpty());
      first.kill();
    }
    try (VikingProcess second = VikingProcess.up(data)) {
      Cluster cluster = second.cluster();
      var network = new CloudNetwork(cluster);
      Await.until("three pods", () -> running(cluster, namespace) == 3);
      Await.until("an address", () -> !addresses(cluster, namespace, "web").isEmpty());
      assertThat(network.balancers()).hasSize(1);
      String address = addresses(cluster, namespace, "web").getFirst();
      Set<String> names = names(cluster.pods(namespace));
      Await.until(
          "answers of all pods", () -> answering(network, address, 80, names).equals(names));
      cluster.core().deleteNamespacedService("web", namespace).execute();
      Await.until("no load balancer", () -> network.balancers().isEmpty());
      cluster.deleteNamespace(namespace);
    }
  }

  private record ServiceOf(V1Service service) {

    V1Service balanced() {
      service.getSpec().type("LoadBalancer");
      return service;
    }

    V1Service headless() {
      service.getSpec().clusterIP("None");
      return service;
    }

    V1Service clusterIp() {
      return service;
    }
  }

  private static ServiceOf service(String app) {
    return new ServiceOf(
        new V1Service()
            .metadata(new V1ObjectMeta().name(app))
            .spec(
                new V1ServiceSpec()
                    .selector(Cluster.labels(app))
                    .ports(
                        List.of(
                            new V1ServicePort()
                                .name("http")
                                .port(80)
                                .targetPort(new IntOrString("http"))))));
  }

  private static V1ContainerPort http() {
    return new V1ContainerPort().name("http").containerPort(80);
  }

  private static V1Deployment serving(String app, int replicas) {
    V1Deployment deployment = Workloads.deployment(app, replicas);
    deployment
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .setPorts(List.of(http()));
    return deployment;
  }

  private static V1Deployment gated(String app, int replicas) {
    V1Deployment deployment = serving(app, replicas);
    deployment
        .getSpec()
        .getTemplate()
        .getSpec()
        .setReadinessGates(List.of(new V1PodReadinessGate().conditionType("example.com/in")));
    return deployment;
  }

  private static void ready(Cluster cluster, V1Pod pod, boolean ready) throws Exception {
    cluster
        .clients()
        .api()
        .patch(
            ResourceType.PODS,
            pod.getMetadata().getNamespace(),
            pod.getMetadata().getName(),
            "status",
            PatchFormat.STRATEGIC_MERGE,
            "{\"status\": {\"conditions\": [{\"type\": \"example.com/in\", \"status\": \"%s\"}]}}"
                .formatted(ready ? "True" : "False"));
  }

  private static long running(Cluster cluster, String namespace) throws ApiException {
    return cluster.pods(namespace).stream()
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .count();
  }

  private static Set<String> names(List<V1Pod> pods) {
    return pods.stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet());
  }

  private static List<String> addresses(Cluster cluster, String namespace, String service)
      throws ApiException {
    var balancer =
        cluster
            .core()
            .readNamespacedService(service, namespace)
            .execute()
            .getStatus()
            .getLoadBalancer();
    return balancer == null || balancer.getIngress() == null
        ? List.of()
        : balancer.getIngress().stream().map(at -> at.getIp()).toList();
  }

  private static List<String> hostnames(NetworkingV1Api ingresses, String namespace)
      throws ApiException {
    var balancer =
        ingresses.readNamespacedIngress("shop", namespace).execute().getStatus().getLoadBalancer();
    return balancer == null || balancer.getIngress() == null
        ? List.of()
        : balancer.getIngress().stream().map(V1IngressLoadBalancerIngress::getHostname).toList();
  }

  /** Which of these pods have answered in forty requests, each on a connection of its own. */
  private static Set<String> answering(
      CloudNetwork network, String address, int port, Set<String> pods) throws Exception {
    var at = network.socket(address, port);
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < 40; i++) {
      String answer = CloudNetwork.get(at, address, "/");
      pods.stream().filter(pod -> answer.contains("\"" + pod + "\"")).forEach(seen::add);
    }
    return seen;
  }

  private static String secure(CloudNetwork network, String hostname, String host, String path)
      throws IOException, ApiException {
    return CloudNetwork.getSecurely(network.socket(hostname, 443), host, path);
  }

  private static BigInteger serial(CloudNetwork network, String hostname)
      throws IOException, ApiException {
    return CloudNetwork.certificate(network.socket(hostname, 443), "shop.example")
        .getSerialNumber();
  }

  private static V1Secret secret(TestCertificate certificate) {
    return new V1Secret()
        .metadata(new V1ObjectMeta().name("tls"))
        .type("kubernetes.io/tls")
        .data(Map.of("tls.crt", certificate.chain(), "tls.key", certificate.key()));
  }

  private static V1Ingress ingress(String name) {
    return new V1Ingress()
        .metadata(new V1ObjectMeta().name(name))
        .spec(
            new V1IngressSpec()
                .ingressClassName("alb")
                .tls(List.of(new V1IngressTLS().addHostsItem("shop.example").secretName("tls")))
                .rules(
                    List.of(
                        new V1IngressRule()
                            .host("shop.example")
                            .http(
                                new V1HTTPIngressRuleValue()
                                    .paths(List.of(path("/", "front"), path("/api", "api")))))));
  }

  private static V1HTTPIngressPath path(String path, String service) {
    return new V1HTTPIngressPath()
        .path(path)
        .pathType("Prefix")
        .backend(
            new V1IngressBackend()
                .service(
                    new V1IngressServiceBackend()
                        .name(service)
                        .port(new V1ServiceBackendPort().name("http"))));
  }
}
