package io.viking.syncer.network.ingress;

import static io.viking.syncer.network.service.TestObjects.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kubernetes.client.openapi.models.V1Ingress;
import io.viking.cloud.v1.Certificate;
import io.viking.cloud.v1.KeyPair;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.PathMatch;
import io.viking.cloud.v1.Protocol;
import io.viking.cloud.v1.Rule;
import io.viking.cloud.v1.WeightedServerGroup;
import io.viking.kube.client.KubeJson;
import io.viking.syncer.network.lb.Notice;
import io.viking.syncer.network.lb.Part;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.Service;
import io.viking.syncer.network.service.ServiceReader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IngressPartTest {
  private static final LoadBalancerRef REF =
      LoadBalancerRef.newBuilder().setKey("alb/default").build();
  private static final String TLS =
      "\"tls\": [{\"hosts\": [\"a.example\"], \"secretName\": \"cert\"}]";

  private final Map<NamespacedName, TlsReading> secrets = new HashMap<>();

  @Test
  void rules_areEvaluatedTheMostSpecificFirst() {
    Part part =
        part(
            ingress("one", 1, "", rule("", "Prefix", "/"), rule("*.example", "Prefix", "/")),
            ingress(
                "two",
                2,
                "",
                rule("a.example", "Prefix", "/"),
                rule("a.example", "Prefix", "/long/path"),
                rule("a.example", "Exact", "/x"),
                rule("*.long.example", "Prefix", "/")));

    assertThat(part.listeners().getFirst().getRulesList())
        .extracting(IngressPartTest::host, rule -> rule.getPaths(0).getPath())
        .containsExactly(
            tuple("a.example", "/x"),
            tuple("a.example", "/long/path"),
            tuple("a.example", "/"),
            tuple("*.long.example", "/"),
            tuple("*.example", "/"),
            tuple("", "/"));
  }

  @Test
  void pathTypes_areExactPrefixAndPattern() {
    Part part =
        part(
            ingress(
                "one",
                1,
                "",
                rule("", "Exact", "/a"),
                rule("", "Prefix", "/b"),
                rule("", "ImplementationSpecific", "/c"),
                rule("", "ImplementationSpecific", "/d/*")));
    assertThat(part.listeners().getFirst().getRulesList())
        .extracting(rule -> rule.getPaths(0).getPath(), rule -> rule.getPaths(0).getKind())
        .containsExactlyInAnyOrder(
            tuple("/a", PathMatch.Kind.EXACT),
            tuple("/b", PathMatch.Kind.PREFIX),
            tuple("/c", PathMatch.Kind.PREFIX),
            tuple("/d/*", PathMatch.Kind.PATTERN));
  }

  @Test
  void sameHostAndPath_theOlderWins_theYoungerIsTold() {
    Part part =
        part(
            ingress("younger", 2, "", rule("a.example", "Prefix", "/")),
            ingress("older", 1, "", rule("a.example", "Prefix", "/")));
    assertThat(part.listeners().getFirst().getRulesList())
        .extracting(Rule::getName)
        .containsExactly("default/older/0");
    assertThat(part.notices())
        .extracting(notice -> notice.owner().name().name(), notice -> notice.tell().reason())
        .containsExactly(tuple("younger", "RuleConflict"));
  }

  @Test
  void anAlbConfigThatNobodyMade_isTold_butNotTheDefault() {
    Ingress one = ingress("one", 1, "", rule("", "Prefix", "/"));

    assertThat(reasons(part(AlbConfig.unsaid("typo"), one))).containsExactly("AlbConfigNotFound");
    assertThat(reasons(part(AlbConfig.unsaid(AlbConfig.DEFAULT), one))).isEmpty();
  }

  @Test
  void aSecondDefaultBackend_isTold() {
    String field =
        "\"defaultBackend\": {\"service\": {\"name\": \"%s\", \"port\": {\"number\": 80}}}";
    Part part =
        part(
            read("older", 1, "", field.formatted("web")),
            read("younger", 2, "", field.formatted("other")));

    assertThat(part.notices())
        .extracting(notice -> notice.owner().name().name(), notice -> notice.tell().reason())
        .contains(tuple("younger", "RuleConflict"));
  }

  @Test
  void redirect_withoutListenPorts_hasAPortToRedirectFrom() {
    secrets.put(secret(), new TlsReading.Good(certificate("1")));
    Part part =
        part(
            ingress(
                "one",
                1,
                annotation("ssl-redirect", "true"),
                TLS,
                rule("a.example", "Prefix", "/")));

    assertThat(part.listeners()).extracting(Listener::getPort).containsExactly(80, 443);
    assertThat(part.listeners().getFirst().getRules(0).getRedirect().getPort()).isEqualTo(443);
  }

  @Test
  void groups_areTheServicesPorts() {
    Part part = part(ingress("one", 1, "", rule("", "Prefix", "/")));
    assertThat(part.groups()).containsOnlyKeys("ing/default/web/80");
    assertThat(part.groups().get("ing/default/web/80").port()).isEqualTo("http");
  }

  @Test
  void aBackendThatIsNoService_isTold_andAnsweredByNobody() {
    Part part =
        part(
            ingress(
                "one",
                1,
                "",
                rule("", "Prefix", "/")
                    .replaceAll(
                        "\"service\": \\{[^{}]*\\{[^{}]*}}",
                        "\"resource\": {\"kind\": \"Bucket\", \"name\": \"static\"}")));
    assertThat(part.listeners().getFirst().getRulesList()).hasSize(1);
    assertThat(reasons(part)).containsExactly("UnsupportedBackend");
  }

  @Test
  void missingService_isTold_andAnsweredByNobody() {
    Part part = part(ingress("one", 1, "", rule("", "Prefix", "/").replace("\"web\"", "\"gone\"")));
    assertThat(part.listeners().getFirst().getRulesList()).hasSize(1);
    assertThat(reasons(part)).containsExactly("BackendNotFound");
  }

  @Test
  void defaultBackend_isTheListenersDefault() {
    Part part =
        part(
            read(
                "one",
                1,
                "",
                "\"defaultBackend\": {\"service\": {\"name\": \"web\", \"port\": {\"number\": 80}}}"));
    assertThat(part.listeners().getFirst().getDefaultServerGroup())
        .isEqualTo("ing/default/web/80/default-of/one");
  }

  @Test
  void tls_isServedOn443_withItsCertificate() {
    secrets.put(secret(), new TlsReading.Good(certificate("1")));
    Part part = part(ingress("one", 1, "", TLS, rule("a.example", "Prefix", "/")));
    Listener listener = part.listeners().getFirst();
    assertThat(listener.getPort()).isEqualTo(443);
    assertThat(listener.getProtocol()).isEqualTo(Protocol.PROTOCOL_HTTPS);
    assertThat(listener.getCertificatesList()).containsExactly("default/cert/1");
    assertThat(part.secrets()).containsExactly(secret());
  }

  @Test
  void badSecret_isTold_andTheOldCertificateStays() {
    secrets.put(secret(), new TlsReading.Bad("has no tls.crt", Optional.of(certificate("old"))));
    Part part = part(ingress("one", 1, "", TLS, rule("a.example", "Prefix", "/")));
    assertThat(part.listeners().getFirst().getCertificatesList())
        .containsExactly("default/cert/old");
    assertThat(reasons(part)).containsExactly("BadCertificate");
  }

  @Test
  void withoutAnyCertificate_thePortIsNotServed() {
    secrets.put(secret(), new TlsReading.Bad("does not exist", Optional.empty()));
    Part part = part(ingress("one", 1, "", TLS, rule("a.example", "Prefix", "/")));
    assertThat(part.listeners()).isEmpty();
    assertThat(reasons(part)).containsExactly("BadCertificate", "MissingCertificate");
  }

  @Test
  void sslRedirect_sendsHttpOn() {
    secrets.put(secret(), new TlsReading.Good(certificate("1")));
    Part part =
        part(
            ingress(
                "one",
                1,
                annotation("listen-ports", "[{\\\"HTTP\\\":80},{\\\"HTTPS\\\":443}]")
                    + ", "
                    + annotation("ssl-redirect", "true"),
                TLS,
                rule("a.example", "Prefix", "/")));
    Rule http = part.listeners().getFirst().getRules(0);
    Rule https = part.listeners().get(1).getRules(0);
    assertThat(http.getRedirect().getCode()).isEqualTo(308);
    assertThat(http.getRedirect().getPort()).isEqualTo(443);
    assertThat(http.getForwardList()).isEmpty();
    assertThat(https.getForwardList()).hasSize(1);
  }

  @Test
  void canary_takesItsPartByWeight() {
    Part part =
        part(
            ingress("base", 1, "", rule("a.example", "Prefix", "/")),
            ingress(
                "canary",
                2,
                annotation("canary", "true") + ", " + annotation("canary-weight", "20"),
                rule("a.example", "Prefix", "/").replace("\"web\"", "\"next\"")));
    assertThat(part.listeners().getFirst().getRules(0).getForwardList())
        .extracting(WeightedServerGroup::getServerGroup, WeightedServerGroup::getWeight)
        .containsExactly(tuple("ing/default/web/80", 80), tuple("ing/default/next/80", 20));
  }

  @Test
  void canary_goesByHeaderBeforeCookieBeforeWeight() {
    Part part =
        part(
            ingress("base", 1, "", rule("a.example", "Prefix", "/")),
            ingress(
                "canary",
                2,
                annotation("canary", "true")
                    + ", "
                    + annotation("canary-by-cookie", "try")
                    + ", "
                    + annotation("canary-by-header", "X-Try")
                    + ", "
                    + annotation("canary-by-header-value", "yes"),
                rule("a.example", "Prefix", "/").replace("\"web\"", "\"next\"")));
    List<Rule> rules = part.listeners().getFirst().getRulesList();
    assertThat(rules)
        .extracting(rule -> rule.getForward(0).getServerGroup())
        .containsExactly(
            "ing/default/next/80",
            "ing/default/next/80",
            "ing/default/web/80",
            "ing/default/web/80");
    assertThat(rules.getFirst().getHeaders(0).getValuesList()).containsExactly("yes");
    assertThat(rules.get(1).getCookies(0).getValue()).isEqualTo("always");
    assertThat(rules.get(2).getCookies(0).getValue()).isEqualTo("never");
    assertThat(rules).extracting(Rule::getName).doesNotHaveDuplicates();
  }

  @Test
  void canaryWithoutBase_isTold() {
    Part part =
        part(ingress("canary", 1, annotation("canary", "true"), rule("a.example", "Prefix", "/")));
    assertThat(part.listeners().getFirst().getRulesList()).isEmpty();
    assertThat(reasons(part)).containsExactly("CanaryWithoutBase");
  }

  @Test
  void orderComesBeforeAge_forWhatOnlyOneCanSay() {
    secrets.put(new NamespacedName("default", "late"), new TlsReading.Good(certificate("late")));
    secrets.put(secret(), new TlsReading.Good(certificate("1")));
    Part part =
        part(
            ingress("older", 1, "", TLS, rule("a.example", "Prefix", "/")),
            ingress(
                "first",
                2,
                annotation("albconfig.order", "1"),
                TLS.replace("\"cert\"", "\"late\""),
                rule("b.example", "Prefix", "/")));
    assertThat(part.listeners().getFirst().getCertificatesList())
        .containsExactly("default/cert/late", "default/cert/1");
  }

  @Test
  void rewriteAndBackendProtocol_arePassedOn() {
    Part part =
        part(
            ingress(
                "one",
                1,
                annotation("rewrite-target", "/new")
                    + ", "
                    + annotation("backend-protocol", "grpc"),
                rule("a.example", "Prefix", "/old")));
    assertThat(part.listeners().getFirst().getRules(0).getRewritePath()).isEqualTo("/new");
    assertThat(part.frame().getAttributesMap())
        .containsEntry("backend-protocol/ing/default/web/80", "grpc");
  }

  private Part part(Ingress... ingresses) {
    return part(AlbConfig.unsaid("default"), ingresses);
  }

  private Part part(AlbConfig config, Ingress... ingresses) {
    return IngressPart.of(
        REF,
        Arrays.asList(ingresses),
        Optional.of(config),
        IngressPartTest::known,
        (_, name) ->
            secrets.getOrDefault(name, new TlsReading.Bad("does not exist", Optional.empty())));
  }

  private static Optional<Service> known(NamespacedName name) {
    return name.name().equals("gone")
        ? Optional.empty()
        : Optional.of(
            ServiceReader.read(
                service(name.name(), "\"ports\": [{\"name\": \"http\", \"port\": 80}]", "")));
  }

  private static List<String> reasons(Part part) {
    return part.notices().stream().map(Notice::tell).map(tell -> tell.reason()).toList();
  }

  private static String host(Rule rule) {
    return rule.getHostsCount() == 0 ? "" : rule.getHosts(0);
  }

  private static NamespacedName secret() {
    return new NamespacedName("default", "cert");
  }

  private static Certificate certificate(String digest) {
    return Certificate.newBuilder()
        .setName("default/cert/" + digest)
        .setKeyPair(KeyPair.getDefaultInstance())
        .build();
  }

  private static String annotation(String suffix, String value) {
    return "\"alb.ingress.kubernetes.io/%s\": \"%s\"".formatted(suffix, value);
  }

  /** A rule with one path to port 80 of Service web. */
  private static String rule(String host, String type, String path) {
    return """
        {"host": "%s", "http": {"paths": [{"path": "%s", "pathType": "%s",
          "backend": {"service": {"name": "web", "port": {"number": 80}}}}]}}
        """
        .formatted(host, path, type);
  }

  /** Those of {@code parts} that begin with a brace are rules, the others fields of the spec. */
  private static Ingress ingress(String name, int age, String annotations, String... parts) {
    List<String> rules = Arrays.stream(parts).filter(part -> part.startsWith("{")).toList();
    List<String> fields = Arrays.stream(parts).filter(part -> !part.startsWith("{")).toList();
    String spec = "\"rules\": [" + String.join(", ", rules) + "]";
    return read(
        name, age, annotations, fields.isEmpty() ? spec : spec + ", " + String.join(", ", fields));
  }

  private static Ingress read(String name, int age, String annotations, String spec) {
    return IngressReader.read(
        KubeJson.read(
            """
            {"metadata": {"namespace": "default", "name": "%s", "uid": "uid-%s",
              "creationTimestamp": "2026-01-0%dT00:00:00Z", "annotations": {%s}},
             "spec": {"ingressClassName": "alb", %s}}
            """
                .formatted(name, name, age, annotations, spec),
            V1Ingress.class));
  }
}
