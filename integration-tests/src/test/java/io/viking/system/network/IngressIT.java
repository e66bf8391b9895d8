package io.viking.system.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.system.Await;
import io.viking.system.SharedViking;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Ingresses, asked over HTTP and TLS. Each test has hosts of its own: they share a load balancer.
 */
class IngressIT {
  private static final String KEY = "alb.ingress.kubernetes.io/";

  private static Tenant tenant() throws Exception {
    return Tenant.of(SharedViking.process(), "ing");
  }

  @Test
  void routesByHostAndPath_servesByName_andRotatesItsCertificate() throws Exception {
    try (Tenant tenant = tenant()) {
      tenant.applies(
          apps("front", "api")
              + secret(TestCertificate.of("shop.example", 1))
              + Manifests.ingress(
                  "shop",
                  "",
                  "tls: [{hosts: [shop.example], secretName: tls}]\nrules:\n"
                      + Manifests.rule("shop.example", "Prefix", "/", "front")
                      + Manifests.rule("shop.example", "Prefix", "/api", "api")));
      String at = tenant.hostname("shop");
      Await.until("the front", () -> securely(tenant, at, "shop.example", "/").equals("front"));
      Await.until("the api", () -> securely(tenant, at, "shop.example", "/api/x").equals("api"));
      assertThat(securely(tenant, at, "other.example", "/")).isEqualTo("404");
      assertThat(serial(tenant, at, "shop.example")).isEqualTo(1);

      tenant.applies(secret(TestCertificate.of("shop.example", 2)));
      Await.until("the new certificate", () -> serial(tenant, at, "shop.example") == 2);

      // One that is none: the last stays, and somebody is told.
      tenant.applies(secret("no certificate".getBytes(), "no key".getBytes()));
      tenant.awaitEvent("shop", "BadCertificate", "tls");
      assertThat(serial(tenant, at, "shop.example")).isEqualTo(2);

      tenant.leaves("ingress/shop");
      assertThat(tenant.network().balancer(at)).isEmpty();
    }
  }

  @Test
  void theMostExactRuleTakesARequest_andTheOlderOfTwoIngresses() throws Exception {
    try (Tenant tenant = tenant()) {
      tenant.applies(
          apps("exact", "long", "short", "wild", "rest", "late")
              + Manifests.service("headless", "clusterIP: None")
                  .replace("selector: {app: headless}", "selector: {app: rest}")
              + Manifests.ingress(
                  "older",
                  "",
                  "defaultBackend: {service: {name: rest, port: {name: http}}}\nrules:\n"
                      + Manifests.rule("one.example", "Prefix", "/a", "short")
                      + Manifests.rule("one.example", "Prefix", "/a/b", "long")
                      + Manifests.rule("one.example", "Exact", "/a/b/c", "exact")
                      + Manifests.rule("one.example", "Prefix", "/headless", "headless")
                      + Manifests.rule("*.one.example", "Prefix", "/", "wild")));
      String at = tenant.hostname("older");
      Await.until(
          "the exact path", () -> tenant.served(at, "one.example", "/a/b/c").equals("exact"));
      Await.until(
          "the longer prefix", () -> tenant.served(at, "one.example", "/a/b/d").equals("long"));
      Await.until(
          "the shorter prefix", () -> tenant.served(at, "one.example", "/a/bc").equals("short"));
      Await.until("a wildcard", () -> tenant.served(at, "www.one.example", "/").equals("wild"));
      Await.until(
          "pods of a headless Service",
          () -> tenant.served(at, "one.example", "/headless").equals("rest"));
      Await.until("the default", () -> tenant.served(at, "nobody.example", "/").equals("rest"));

      tenant.applies(
          Manifests.ingress(
              "younger",
              "",
              "rules:\n"
                  + Manifests.rule("one.example", "Prefix", "/a", "late")
                  + Manifests.rule("two.example", "Prefix", "/", "late")));
      tenant.awaitEvent("younger", "RuleConflict", "one.example", "/a", "older");
      assertThat(tenant.hostname("younger")).isEqualTo(at);
      Await.until("what only it has", () -> tenant.served(at, "two.example", "/").equals("late"));
      assertThat(tenant.served(at, "one.example", "/a")).isEqualTo("short");

      tenant.leaves("ingress/older");
      Await.until("the heir", () -> tenant.served(at, "one.example", "/a").equals("late"));
      tenant.leaves("ingress/younger");
    }
  }

  @Test
  void aCanaryTakesItsPart_byHeaderCookieAndWeight() throws Exception {
    try (Tenant tenant = tenant()) {
      tenant.applies(
          apps("stable", "canary")
              + Manifests.ingress(
                  "stable",
                  "",
                  "rules:\n" + Manifests.rule("canary.example", "Prefix", "/", "stable"))
              + Manifests.ingress(
                  "canary",
                  "%1$scanary: \"true\", %1$scanary-by-header: x-canary, %1$scanary-by-cookie: canary, %1$scanary-weight: \"50\""
                      .formatted(KEY),
                  "rules:\n" + Manifests.rule("canary.example", "Prefix", "/", "canary")));
      String at = tenant.hostname("stable");
      Request plain = Request.of("canary.example", "/");
      Await.until(
          "both by weight", () -> answering(tenant, at, plain).equals(Set.of("stable", "canary")));
      assertThat(answering(tenant, at, plain.with("x-canary", "always"))).containsExactly("canary");
      assertThat(answering(tenant, at, plain.with("x-canary", "never"))).containsExactly("stable");
      assertThat(answering(tenant, at, plain.with("Cookie", "canary=always")))
          .containsExactly("canary");

      tenant.does("annotate", "--overwrite", "ingress", "canary", KEY + "canary-weight=0");
      Await.until("none by weight", () -> answering(tenant, at, plain).equals(Set.of("stable")));
      assertThat(answering(tenant, at, plain.with("x-canary", "always"))).containsExactly("canary");
      tenant.leaves("ingress/canary", "ingress/stable");
    }
  }

  private static Set<String> answering(Tenant tenant, String at, Request request) throws Exception {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      seen.add(Tenant.who(tenant.get(at, 80, request)));
    }
    return seen;
  }

  @Test
  void redirectsToTls_rewritesPaths_andListensWhereItIsTold() throws Exception {
    try (Tenant tenant = tenant()) {
      tenant.applies(
          apps("web")
              + secret(TestCertificate.of("redirect.example", 7))
              + Manifests.ingress(
                  "web",
                  "%1$sssl-redirect: \"true\", %1$srewrite-target: /inside, %1$slisten-ports: '[{\"HTTP\": 80}, {\"HTTPS\": 443}, {\"HTTP\": 8081}]'"
                      .formatted(KEY),
                  "tls: [{hosts: [redirect.example], secretName: tls}]\nrules:\n"
                      + Manifests.rule("redirect.example", "Prefix", "/", "web")));
      String at = tenant.hostname("web");
      Request request = Request.of("redirect.example", "/outside");
      Await.until("a redirect", () -> tenant.get(at, 80, request).status() == 308);
      assertThat(tenant.get(at, 80, request).headers())
          .containsEntry("location", "https://redirect.example/outside");
      Await.until(
          "the path that pods see",
          () -> tenant.getSecurely(at, request).said("path").equals("/inside"));
      Await.until("a port of its own", () -> tenant.get(at, 8081, request).status() == 308);
      tenant.leaves("ingress/web");
    }
  }

  @Test
  void aClassOfItsOwn_anAlbConfig_andABackendThatComesLater() throws Exception {
    try (Tenant tenant = tenant()) {
      String config = tenant.namespace();
      tenant.applies(
          """
          apiVersion: alibabacloud.com/v1
          kind: AlbConfig
          metadata: {name: %s}
          spec:
            config: {name: %s, addressType: Intranet}
            listeners: [{port: 8090, protocol: HTTP}]
          ---
          """
                  .formatted(config, config)
              + Manifests.ingress(
                  "inside",
                  KEY
                      + "albconfig.name: "
                      + config
                      + ", "
                      + KEY
                      + "listen-ports: '[{\"HTTP\": 8090}]'",
                  "rules:\n" + Manifests.rule("inside.example", "Prefix", "/", "web"))
              + Manifests.ingress(
                      "slb", "", "rules:\n" + Manifests.rule("slb.example", "Prefix", "/", "web"))
                  .replace("ingressClassName: alb", "ingressClassName: slb"));
      String inside = tenant.hostname("inside");
      String slb = tenant.hostname("slb");
      assertThat(inside).isNotEqualTo(slb);
      assertThat(tenant.network().balancer(inside).orElseThrow().getLoadBalancer().getName())
          .isEqualTo(config);
      tenant.awaitEvent("inside", "BackendNotFound", "web");
      Request request = Request.of("inside.example", "/");
      Await.until("no backend yet", () -> tenant.get(inside, 8090, request).status() == 503);

      tenant.applies(apps("web"));
      Await.until("its backend", () -> Tenant.who(tenant.get(inside, 8090, request)).equals("web"));
      Await.until("the other class", () -> tenant.served(slb, "slb.example", "/").equals("web"));
      tenant.leaves("ingress/inside", "ingress/slb", "albconfig/" + config);
      assertThat(tenant.network().balancer(inside)).isEmpty();
    }
  }

  private static String apps(String... names) {
    var yaml = new StringBuilder();
    for (String name : List.of(names)) {
      yaml.append(Manifests.serving(name, 1)).append(Manifests.clusterIp(name));
    }
    return yaml.toString();
  }

  private static String secret(TestCertificate certificate) {
    return secret(certificate.chain(), certificate.key());
  }

  private static String secret(byte[] chain, byte[] key) {
    Base64.Encoder encoder = Base64.getEncoder();
    return """
        apiVersion: v1
        kind: Secret
        metadata: {name: tls}
        type: kubernetes.io/tls
        data: {tls.crt: %s, tls.key: %s}
        ---
        """
        .formatted(encoder.encodeToString(chain), encoder.encodeToString(key));
  }

  private static String securely(Tenant tenant, String at, String host, String path)
      throws Exception {
    return Tenant.who(tenant.getSecurely(at, Request.of(host, path)));
  }

  private static int serial(Tenant tenant, String at, String host) throws Exception {
    return Dial.certificate(tenant.network().socket(at, 443), host).getSerialNumber().intValue();
  }
}
