package io.viking.system.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.system.Await;
import io.viking.system.SharedViking;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Type;

/** Names of Services and pods, asked for over DNS. */
class DnsIT {
  private static Tenant tenant() throws Exception {
    return Tenant.of(SharedViking.process(), "dns");
  }

  @Test
  void aHeadlessService_answersWithItsPods_byNamePortAndAddress() throws Exception {
    try (Tenant tenant = tenant()) {
      tenant.applies(
          Manifests.service("db", "clusterIP: None")
              + """
              apiVersion: apps/v1
              kind: StatefulSet
              metadata: {name: db}
              spec:
                serviceName: db
                replicas: 2
                selector: {matchLabels: {app: db}}
                template:
                  metadata: {labels: {app: db}}
                  spec:
                    containers:
                    - {name: main, image: postgres, ports: [{name: http, containerPort: 8080}]}
              """);
      tenant.awaitPods("db", 2);
      Await.until(
          "both addresses", () -> resolved(tenant, "db", Type.A).equals(tenant.podAddresses("db")));
      Await.until(
          "the ports of both",
          () ->
              resolved(tenant, "_http._tcp.db", Type.SRV)
                  .equals(
                      Set.of(
                          "0 100 8080 " + tenant.name("db-0.db") + ".",
                          "0 100 8080 " + tenant.name("db-1.db") + ".")));
      String first = tenant.does("get", "pod", "db-0", "-o", "jsonpath={.status.podIP}").strip();
      assertThat(resolved(tenant, "db-0.db", Type.A)).containsExactly(first);
      Await.until(
          "the name of its address",
          () -> reversed(tenant, first).equals(Set.of(tenant.name("db-0.db") + ".")));

      tenant.does("scale", "statefulset/db", "--replicas=1");
      Await.until(
          "the one that is left", () -> resolved(tenant, "db", Type.A).equals(Set.of(first)));
      assertThat(resolved(tenant, "db-1.db", Type.A)).isEmpty();

      tenant.does("delete", "service", "db");
      Await.until("no records", () -> recordNames(tenant).isEmpty());
      Await.until("no name of its address", () -> reversed(tenant, first).isEmpty());
    }
  }

  @Test
  void aClusterIpService_answersWithItsPods_andAnExternalNameWithAnAlias() throws Exception {
    try (Tenant tenant = tenant()) {
      tenant.applies(
          Manifests.serving("web", 2)
              + Manifests.clusterIp("web")
              + Manifests.annotated(
                      "web",
                      "service.beta.kubernetes.io/alibaba-cloud-private-zone-enable",
                      "false",
                      "")
                  .replace("{name: web, ", "{name: unnamed, ")
              + """
              apiVersion: v1
              kind: Service
              metadata: {name: elsewhere}
              spec: {type: ExternalName, externalName: db.example.com}
              """);
      tenant.awaitPods("web", 2);
      Await.until(
          "both addresses",
          () -> resolved(tenant, "web", Type.A).equals(tenant.podAddresses("web")));
      Await.until(
          "its port",
          () ->
              resolved(tenant, "_http._tcp.web", Type.SRV)
                  .equals(Set.of("0 100 8080 " + tenant.name("web") + ".")));
      String address =
          tenant.does("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}").strip();
      Await.until(
          "the name of its address",
          () -> reversed(tenant, address).equals(Set.of(tenant.name("web") + ".")));
      Await.until(
          "the alias",
          () -> resolved(tenant, "elsewhere", Type.CNAME).equals(Set.of("db.example.com.")));
      assertThat(resolved(tenant, "unnamed", Type.A)).isEmpty();

      tenant.does(
          "annotate",
          "service",
          "unnamed",
          "service.beta.kubernetes.io/alibaba-cloud-private-zone-enable-");
      Await.until(
          "the name that it may have now",
          () -> resolved(tenant, "unnamed", Type.A).equals(tenant.podAddresses("web")));
    }
  }

  private static Set<String> resolved(Tenant tenant, String name, int type) throws Exception {
    return tenant.network().resolve(tenant.name(name), type);
  }

  private static Set<String> reversed(Tenant tenant, String address) throws Exception {
    return tenant.network().resolve(ReverseMap.fromAddress(address).toString(true), Type.PTR);
  }

  private static Set<String> recordNames(Tenant tenant) throws Exception {
    Set<String> names = new TreeSet<>();
    tenant.network().records().stream()
        .map(one -> one.getRecord().getName())
        .filter(name -> name.contains("." + tenant.namespace() + "."))
        .forEach(names::add);
    return names;
  }
}
