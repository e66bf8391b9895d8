package io.viking.system.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.adapter.sim.v1.ShownLoadBalancer;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.Listener;
import io.viking.system.Await;
import io.viking.system.SharedViking;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Services of type LoadBalancer, and others that ask for one. */
class LoadBalancerIT {
  private static final String KEY = "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-";

  private static Tenant tenant() throws Exception {
    return Tenant.of(SharedViking.process(), "lb");
  }

  @Test
  void reachesItsPods_followsTheirReadiness_andLeavesNothing() throws Exception {
    try (Tenant tenant = tenant()) {
      tenant.applies(
          gated(2)
              + Manifests.balanced("web")
              + Manifests.service("web", "type: LoadBalancer\npublishNotReadyAddresses: true")
                  .replace("{name: web}", "{name: early}"));
      tenant.awaitPods("web", 2);
      List<String> pods = List.copyOf(tenant.pods("web"));
      String early = tenant.address("early");
      Await.until(
          "answers of pods that are not ready",
          () -> tenant.answering(early, 80).equals(Set.copyOf(pods)));
      for (String pod : pods) {
        ready(tenant, pod, true);
      }
      String address = tenant.address("web");
      Await.until(
          "answers of both pods", () -> tenant.answering(address, 80).equals(Set.copyOf(pods)));
      Await.until(
          "its name",
          () -> tenant.network().resolve(tenant.name("web"), Type.A).equals(Set.of(address)));

      ready(tenant, pods.getFirst(), false);
      Await.until(
          "answers of the ready one alone",
          () -> tenant.answering(address, 80).equals(Set.of(pods.get(1))));

      tenant.leaves("service/web", "service/early");
      assertThat(tenant.network().balancer(address)).isEmpty();
      Await.until(
          "no name",
          () ->
              tenant.network().records().stream()
                  .noneMatch(one -> one.getRecord().getName().endsWith(tenant.domain("web"))));
    }
  }

  private static String gated(int replicas) {
    return Manifests.serving("web", replicas)
        .replace(
            "      containers:",
            "      readinessGates: [{conditionType: example.com/in}]\n      containers:");
  }

  private static void ready(Tenant tenant, String pod, boolean ready) throws Exception {
    tenant.does(
        "patch",
        "pod",
        pod,
        "--subresource=status",
        "-p",
        "{\"status\": {\"conditions\": [{\"type\": \"example.com/in\", \"status\": \"%s\"}]}}"
            .formatted(ready ? "True" : "False"));
  }

  @Test
  void everyPortIsAListener_byNumberAndName_overTcpAndUdp() throws Exception {
    try (Tenant tenant = tenant()) {
      tenant.applies(
          Manifests.serving("web", 1)
                  .replace(
                      "ports: [",
                      "ports: [{name: admin, containerPort: 9090}, {name: query, containerPort: 5353, protocol: UDP}, ")
              + """
              apiVersion: v1
              kind: Service
              metadata: {name: web}
              spec:
                type: LoadBalancer
                selector: {app: web}
                ports:
                - {name: http, port: 80, targetPort: http}
                - {name: admin, port: 81, targetPort: 9090}
                - {name: dns, port: 53, protocol: UDP, targetPort: query}
              """);
      String address = tenant.address("web");
      Await.until("http", () -> port(tenant, address, 80).equals("8080"));
      Await.until("a port by its number", () -> port(tenant, address, 81).equals("9090"));
      Await.until(
          "an answer to a datagram",
          () ->
              Dial.datagram(tenant.network().socket(address, 53), "who is it?")
                  .contains("\"port\":5353,\"received\":\"who is it?\""));
      assertThat(
              tenant.does(
                  "get",
                  "service",
                  "web",
                  "-o",
                  "jsonpath={.status.loadBalancer.ingress[0].ports}"))
          .contains("\"port\":80,", "\"port\":81,", "\"port\":53,\"protocol\":\"UDP\"");
      assertThat(tenant.does("get", "service", "web", "-o", "jsonpath={.spec.ports[*].nodePort}"))
          .isBlank();

      tenant.does(
          "patch",
          "service",
          "web",
          "--type=json",
          "-p",
          "[{\"op\": \"remove\", \"path\": \"/spec/ports/1\"}]");
      Await.until(
          "no listener on the port that was removed",
          () -> ports(tenant, address).equals(List.of(53, 80)));
      assertThat(port(tenant, address, 80)).isEqualTo("8080");
      tenant.leaves("service/web");
    }
  }

  private static String port(Tenant tenant, String at, int port) throws Exception {
    return tenant.get(at, port, Request.of(at, "/")).said("port");
  }

  private static List<Integer> ports(Tenant tenant, String at) throws Exception {
    return tenant.network().balancer(at).orElseThrow().getLoadBalancer().getListenersList().stream()
        .map(Listener::getPort)
        .sorted()
        .toList();
  }

  @Test
  void sourceRangesKeepOthersOut_andAffinityKeepsAClientWithItsPod() throws Exception {
    try (Tenant tenant = tenant()) {
      tenant.applies(
          Manifests.serving("web", 3)
              + Manifests.service(
                  "web", "type: LoadBalancer\nloadBalancerSourceRanges: [192.0.2.0/24]"));
      tenant.awaitPods("web", 3);
      String address = tenant.address("web");
      Await.until("three backends", () -> backends(tenant, address).size() == 3);
      assertThat(refuses(tenant, address)).isTrue();

      tenant.does(
          "patch",
          "service",
          "web",
          "-p",
          "{\"spec\": {\"loadBalancerSourceRanges\": [\"127.0.0.0/8\"]}}");
      Await.until("answers of all", () -> tenant.answering(address, 80).equals(tenant.pods("web")));

      tenant.does(
          "patch", "service", "web", "-p", "{\"spec\": {\"sessionAffinity\": \"ClientIP\"}}");
      Await.until("answers of one", () -> tenant.answering(address, 80).size() == 1);
      tenant.leaves("service/web");
    }
  }

  private static boolean refuses(Tenant tenant, String at) throws Exception {
    try {
      return tenant.get(at, 80, Request.of(at, "/")).equals(Answer.NONE);
    } catch (IOException closed) {
      return true;
    }
  }

  private static List<Backend> backends(Tenant tenant, String at) throws Exception {
    return tenant.network().balancer(at).map(ShownLoadBalancer::getLoadBalancer).stream()
        .flatMap(one -> one.getServerGroupsList().stream())
        .flatMap(group -> group.getBackendsList().stream())
        .toList();
  }

  @Test
  void aPodOnItsWayOut_getsNothingNew_andLeavesWhenItIsGone() throws Exception {
    try (Tenant tenant = tenant()) {
      tenant.applies(
          Manifests.serving("web", 2)
                  .replace(
                      "metadata: {labels: {app: web}}",
                      "metadata: {labels: {app: web}, annotations: {sim.viking.io/stop-seconds: \"100\"}}")
                  .replace(
                      "      containers:",
                      "      terminationGracePeriodSeconds: 110\n      containers:")
              + Manifests.balanced("web"));
      tenant.awaitPods("web", 2);
      Set<String> before = tenant.pods("web");
      String address = tenant.address("web");
      Await.until("answers of both", () -> tenant.answering(address, 80).equals(before));

      String leaving = before.iterator().next();
      String of = tenant.does("get", "pod", leaving, "-o", "jsonpath={.status.podIP}").strip();
      tenant.does("delete", "pod", leaving, "--wait=false");
      Await.until(
          "weight 0",
          () ->
              backends(tenant, address).stream()
                  .anyMatch(one -> one.getAddress().equals(of) && one.getWeight() == 0));
      tenant.awaitPods("web", 2);
      Await.until(
          "answers of the others", () -> tenant.answering(address, 80).equals(tenant.pods("web")));
      assertThat(tenant.cluster().pods(tenant.namespace())).hasSize(3);

      tenant.does("delete", "pods", "--all", "--force", "--grace-period=0", "--wait=false");
      Await.until(
          "no such backend",
          () -> backends(tenant, address).stream().noneMatch(one -> one.getAddress().equals(of)));
      tenant.leaves("service/web", "deployment/web");
      tenant.does("delete", "pods", "--all", "--force", "--grace-period=0");
    }
  }

  @Test
  void aLoadBalancerThatWasBrought_isServed_andNeverDeleted() throws Exception {
    try (Tenant tenant = tenant()) {
      String id = tenant.brings("4");
      tenant.console("lb", "listen", id, "81", "tcp");
      tenant.applies(
          Manifests.serving("web", 1)
              + Manifests.annotated("web", KEY + "id", id, "type: LoadBalancer"));
      String address = tenant.address("web");
      Await.until("an answer", () -> tenant.pods("web").equals(tenant.answering(address, 80)));
      assertThat(tenant.network().balancer(id).orElseThrow().getLoadBalancer().getAddressesList())
          .containsExactly(address);

      tenant.does(
          "patch",
          "service",
          "web",
          "-p",
          "{\"spec\": {\"ports\": [{\"name\": \"other\", \"port\": 81, \"targetPort\": \"http\"}]}}");
      tenant.awaitEvent("web", "LoadBalancerForeign", "81");
      // What is there goes on following the pods.
      tenant.does("scale", "deployment/web", "--replicas=2");
      tenant.awaitPods("web", 2);
      Await.until(
          "answers of both", () -> tenant.pods("web").equals(tenant.answering(address, 80)));
      tenant.does("annotate", "service", "web", KEY + "force-override-listeners=true");
      Await.until(
          "the port that was another's, too",
          () -> tenant.pods("web").equals(tenant.answering(address, 81)));
      tenant.leaves("service/web");
      assertThat(tenant.network().balancer(id).orElseThrow().getLoadBalancer().getListenersList())
          .isEmpty();
      tenant.console("lb", "delete", id);
    }
  }

  @Test
  void aClusterIpServiceGetsAnIntranetAddress_andGivesItBack() throws Exception {
    try (Tenant tenant = tenant()) {
      tenant.applies(
          Manifests.serving("web", 2)
              + Manifests.annotated("web", KEY + "address-type", "intranet", ""));
      tenant.awaitPods("web", 2);
      Await.until(
          "a name with the load balancer's address",
          () ->
              tenant.network().resolve(tenant.name("web"), Type.A).stream()
                  .anyMatch(at -> balances(tenant, at)));
      String address = tenant.network().resolve(tenant.name("web"), Type.A).iterator().next();
      Await.until("answers", () -> tenant.answering(address, 80).equals(tenant.pods("web")));
      tenant.does("wait", "--for=condition=LoadBalancerReady", "service/web", "--timeout=60s");
      assertThat(
              tenant.does("get", "service/web", "-o", "jsonpath={.status.conditions[*].message}"))
          .endsWith(" at " + address);

      tenant.does("annotate", "service", "web", KEY + "address-type-");
      Await.until("no load balancer", () -> tenant.network().balancer(address).isEmpty());
      Await.until(
          "a name with the pods' addresses",
          () ->
              tenant
                  .network()
                  .resolve(tenant.name("web"), Type.A)
                  .equals(tenant.podAddresses("web")));
      Await.until(
          "no condition",
          () -> tenant.does("get", "service/web", "-o", "jsonpath={.status.conditions}").isBlank());
    }
  }

  private static boolean balances(Tenant tenant, String address) {
    try {
      return tenant.network().balancer(address).isPresent();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aServiceThatIsNoLongerOfItsType_orOfAnotherClass_hasNone() throws Exception {
    try (Tenant tenant = tenant()) {
      tenant.applies(
          Manifests.serving("web", 1)
              + Manifests.balanced("web")
              + Manifests.service("web", "type: LoadBalancer\nloadBalancerClass: example.com/other")
                  .replace("{name: web}", "{name: other}"));
      String address = tenant.address("web");
      Await.until("an answer", () -> tenant.pods("web").equals(tenant.answering(address, 80)));

      tenant.does("patch", "service", "web", "-p", "{\"spec\": {\"type\": \"ClusterIP\"}}");
      Await.until("no load balancer", () -> tenant.network().balancer(address).isEmpty());
      Await.until(
          "no finalizer and no status",
          () ->
              tenant
                  .does(
                      "get",
                      "service",
                      "web",
                      "-o",
                      "jsonpath={.metadata.finalizers}{.status.loadBalancer.ingress}")
                  .isBlank());
      // It is older than all that was seen since.
      assertThat(
              tenant.does(
                  "get",
                  "service",
                  "other",
                  "-o",
                  "jsonpath={.metadata.finalizers}{.status.loadBalancer.ingress}"))
          .isBlank();
      assertThat(tenant.network().balancers())
          .noneMatch(one -> one.getLoadBalancer().getName().equals(tenant.namespace() + "/other"));
    }
  }
}
