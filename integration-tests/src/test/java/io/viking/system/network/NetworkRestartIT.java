package io.viking.system.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.system.Await;
import io.viking.system.VikingProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/** A cluster of its own that is killed, in a cloud with little room and little patience. */
class NetworkRestartIT {
  private static final String ROOM_FOR_TWO =
      """
      base: instant
      network:
        loadBalancers: {backendsEach: 2}
      faults:
      - {operation: loadBalancers, kind: throttle, probability: 0.3}
      - {operation: backends, kind: throttle, probability: 0.3}
      - {operation: records, kind: throttle, probability: 0.3}
      """;

  @TempDir Path directory;

  @Test
  void aFullLoadBalancerSaysSo_andKilledInTheMiddle_allIsAsItShouldBe() throws Exception {
    Path profile = Files.writeString(directory.resolve("cloud.yaml"), ROOM_FOR_TWO);
    Path data = directory.resolve("data");
    Tenant before;
    String pods;
    try (VikingProcess first = VikingProcess.up(data, "--profile", profile.toString())) {
      before = Tenant.of(first, "restart");
      before.applies(
          Manifests.serving("web", 3)
              + Manifests.balanced("web")
              + Manifests.serving("names", 1)
              + Manifests.clusterIp("names"));
      before.awaitPods("web", 3);
      before.awaitEvent("web", "LoadBalancerQuotaExceeded");
      Await.until("the condition", () -> condition(before).equals("False QuotaExceeded"));
      String address = before.address("web");
      Await.until("answers of two", () -> before.answering(address, 80).size() == 2);

      before.does("scale", "deployment/web", "--replicas=2");
      before.awaitPods("web", 2);
      Await.until("room for both", () -> before.answering(address, 80).equals(before.pods("web")));
      Await.until("the condition", () -> condition(before).equals("True Active"));

      Await.until("a name", () -> resolved(before).equals(before.podAddresses("names")));
      pods = resolved(before).iterator().next();
      before.console(
          "dns", "edit", CloudNetwork.ZONE, before.domain("names"), "A", pods, "192.0.2.66");
      assertThat(resolved(before)).containsExactly("192.0.2.66");
      before.does("delete", "service", "web", "--wait=false");
      before.applies(Manifests.balanced("web").replace("{name: web}", "{name: next}"));
      first.kill();
    }
    try (VikingProcess second = VikingProcess.up(data, "--profile", profile.toString())) {
      Tenant tenant = before.at(second);
      Await.until("the name as it was", () -> resolved(tenant).equals(Set.of(pods)));
      String address = tenant.address("next");
      Await.until("answers", () -> tenant.answering(address, 80).equals(tenant.pods("web")));
      Await.until(
          "one load balancer, of the Service that is there",
          () -> tenant.network().balancers().size() == 1);
      assertThat(tenant.does("get", "services", "-o", "name")).doesNotContain("service/web");
      tenant.leaves("service/next");
      assertThat(tenant.network().balancers()).isEmpty();
      tenant.close();
    }
  }

  private static String condition(Tenant tenant) throws Exception {
    return tenant
        .does(
            "get",
            "service",
            "web",
            "-o",
            "jsonpath={range .status.conditions[?(@.type==\"LoadBalancerReady\")]}{.status} {.reason}{end}")
        .strip();
  }

  private static Set<String> resolved(Tenant tenant) throws Exception {
    return tenant.network().resolve(tenant.name("names"), Type.A);
  }
}
