package io.viking.system.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.Listener;
import io.viking.system.Await;
import io.viking.system.SharedViking;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What is malformed, taken, or changed behind our back. */
class NetworkTroubleIT {
  private static final String KEY = "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-";

  private static Tenant tenant() throws Exception {
    return Tenant.of(SharedViking.process(), "trouble");
  }

  @Test
  void aMalformedAnnotation_namesItself_andStopsNothingElse() throws Exception {
    try (Tenant tenant = tenant()) {
      tenant.applies(
          Manifests.serving("web", 1)
              + Manifests.annotated("web", KEY + "bandwidth", "lots", "type: LoadBalancer")
                  .replace("annotations: {", "annotations: {" + KEY + "colour: red, ")
              + Manifests.balanced("web").replace("{name: web}", "{name: sound}")
              + Manifests.ingress(
                  "web",
                  "alb.ingress.kubernetes.io/canary-weight: \"200\"",
                  "rules:\n" + Manifests.rule("trouble.example", "Prefix", "/", "web")));
      tenant.awaitEvent("web", "MalformedAnnotation", KEY + "bandwidth", "lots");
      tenant.awaitEvent("web", "UnknownAnnotation", KEY + "colour");
      tenant.awaitEvent("web", "MalformedAnnotation", "canary-weight", "200");
      for (String service : new String[] {"web", "sound"}) {
        String address = tenant.address(service);
        Await.until("an answer", () -> tenant.answering(address, 80).equals(tenant.pods("web")));
      }
      String at = tenant.hostname("web");
      Await.until("the Ingress", () -> tenant.served(at, "trouble.example", "/").equals("web"));
      tenant.leaves("service/web", "service/sound", "ingress/web");
    }
  }

  @Test
  void aLoadBalancerThatSomebodyDeleted_isMadeAgain() throws Exception {
    try (Tenant tenant = tenant()) {
      tenant.applies(Manifests.serving("web", 1) + Manifests.balanced("web"));
      String before = tenant.address("web");
      Await.until("an answer", () -> tenant.answering(before, 80).equals(tenant.pods("web")));

      String id = tenant.network().balancer(before).orElseThrow().getLoadBalancer().getCloudId();
      tenant.console("lb", "delete", id);
      // Found out with the next change, or at the next look.
      tenant.does("scale", "deployment/web", "--replicas=2");
      tenant.awaitPods("web", 2);
      Await.until(
          "answers of both at another load balancer",
          () -> tenant.answering(tenant.address("web"), 80).equals(tenant.pods("web")));
      assertThat(tenant.network().balancer(id)).isEmpty();
      tenant.leaves("service/web");
    }
  }

  @Test
  void aPortThatIsSomebodyElses_holdsNobodyElseUp() throws Exception {
    try (Tenant tenant = tenant()) {
      String id = tenant.brings("4");
      tenant.console("lb", "listen", id, "81", "tcp");
      String shared = Manifests.annotated("web", KEY + "id", id, "type: LoadBalancer");
      tenant.applies(Manifests.serving("web", 1) + shared);
      String address = tenant.address("web");
      Await.until("an answer", () -> tenant.answering(address, 80).equals(tenant.pods("web")));

      tenant.applies(
          shared.replace("{name: web,", "{name: refused,").replace("port: 80", "port: 81")
              + shared.replace("{name: web,", "{name: fine,").replace("port: 80", "port: 82"));
      tenant.awaitEvent("refused", "LoadBalancerForeign", "force-override-listeners");
      Await.until("an answer", () -> tenant.answering(address, 82).equals(tenant.pods("web")));
      tenant.does("wait", "--for=condition=LoadBalancerReady", "service/fine", "--timeout=60s");
      tenant.does(
          "wait", "--for=condition=LoadBalancerReady=false", "service/refused", "--timeout=60s");
      assertThat(tenant.events("fine")).noneMatch(event -> event.startsWith("LoadBalancer"));
      tenant.leaves("service/web");
      Await.until(
          "one listener of ours beside theirs",
          () ->
              tenant
                  .network()
                  .balancer(id)
                  .orElseThrow()
                  .getLoadBalancer()
                  .getListenersList()
                  .stream()
                  .map(Listener::getPort)
                  .sorted()
                  .toList()
                  .equals(List.of(81, 82)));

      tenant.console("lb", "unlisten", id, "81");
      Await.until("an answer", () -> tenant.answering(address, 81).equals(tenant.pods("web")));
      tenant.leaves("service/refused", "service/fine");
      tenant.console("lb", "delete", id);
    }
  }

  @Test
  void aNameThatSomebodyHas_staysTheirs_untilTheyGiveItUp() throws Exception {
    try (Tenant tenant = tenant()) {
      tenant.console(
          "dns", "add", CloudNetwork.ZONE, tenant.domain("web"), "CNAME", "mail.example.");
      tenant.applies(Manifests.serving("web", 1) + Manifests.clusterIp("web"));
      tenant.awaitEvent("web", "DnsRecordFailed", tenant.domain("web"));
      assertThat(tenant.network().resolve(tenant.name("web"), Type.CNAME))
          .containsExactly("mail.example.");

      tenant.console(
          "dns", "remove", CloudNetwork.ZONE, tenant.domain("web"), "CNAME", "mail.example.");
      Await.until(
          "our own",
          () ->
              tenant
                  .network()
                  .resolve(tenant.name("web"), Type.A)
                  .equals(tenant.podAddresses("web")));
    }
  }
}
