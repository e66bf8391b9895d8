package io.viking.system.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.system.Await;
import io.viking.system.SharedViking;
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
