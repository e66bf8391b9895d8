package io.viking.adapter.sim;

import static io.viking.adapter.sim.TestNetwork.layer7;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.viking.adapter.sim.network.serve.Wire;
import io.viking.adapter.sim.network.tls.TestKeys;
import io.viking.cloud.v1.Certificate;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.PathMatch;
import io.viking.cloud.v1.Protocol;
import io.viking.cloud.v1.Redirect;
import io.viking.cloud.v1.Rule;
import io.viking.cloud.v1.WeightedServerGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners of layer 7 as a person's curl meets them: over real sockets. */
class HttpListenersTest {
  @TempDir Path state;

  private TestNetwork network;

  @BeforeEach
  void start() throws IOException {
    network = new TestNetwork(state);
  }

  @AfterEach
  void stop() throws IOException {
    network.close();
  }

  @Test
  void http_followsHostsPathsAndRedirects_andSaysWhyNot() throws IOException {
    network.create("cart");
    network.ensure(
        layer7(
            Listener.newBuilder()
                .setPort(18_083)
                .setProtocol(Protocol.PROTOCOL_HTTP)
                .addRules(
                    rule("cart", "shop.example.com", "/cart")
                        .addForward(to("cart", 100))
                        .setRewritePath("/v1"))
                .addRules(
                    rule("old", "old.example.com", "/")
                        .setRedirect(Redirect.newBuilder().setScheme("https").setCode(301)))
                .addRules(rule("empty", "empty.example.com", "/").addForward(to("empty", 1)))));
    network.register("cart", "cart");
    String address = network.socket(18_083);

    assertThat(Wire.get(address, "shop.example.com", "/cart/1", "X-Forwarded-For: 192.0.2.1"))
        .contains("\"pod\": \"web-cart\"")
        .contains("\"path\": \"/v1\"")
        .contains("\"x-forwarded-for\": \"192.0.2.1, 127.0.0.1\"");
    assertThat(Wire.get(address, "shop.example.com", "/other")).startsWith("HTTP/1.1 404");
    assertThat(Wire.get(address, "old.example.com", "/a?b"))
        .startsWith("HTTP/1.1 301")
        .containsIgnoringCase("location: https://old.example.com/a?b");
    assertThat(Wire.get(address, "empty.example.com", "/")).startsWith("HTTP/1.1 503");
    assertThat(
            Wire.exchange(
                address,
                "HEAD /cart HTTP/1.1\r\nHost: shop.example.com\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .endsWith("\r\n\r\n");
  }

  @Test
  void requestsInOneConnection_areAnsweredInTheirOrder() throws IOException {
    network.create("0");
    network.ensure(
        layer7(
            Listener.newBuilder()
                .setPort(18_084)
                .setProtocol(Protocol.PROTOCOL_HTTP)
                .setDefaultServerGroup("web")));
    network.register("web", "0");
    StringBuilder requests = new StringBuilder();
    IntStream.range(0, 20)
        .forEach(i -> requests.append("GET /").append(i).append("/ HTTP/1.1\r\nHost: a\r\n\r\n"));
    requests.append("GET /last/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    String answers = Wire.exchange(network.socket(18_084), requests.toString());

    int at = -1;
    for (int i = 0; i < 20; i++) {
      int next = answers.indexOf("\"path\": \"/" + i + "/\"");
      assertThat(next).as("answer %s", i).isGreaterThan(at);
      at = next;
    }
  }

  @Test
  void https_choosesTheCertificateByName_andTakesANewOne() throws Exception {
    TestKeys first = TestKeys.of("EC", "shop.example.com");
    TestKeys wild = TestKeys.of("RSA", "*.example.org");
    TestKeys renewed = TestKeys.of("EC", "shop.example.com");
    network.create("0");
    network.ensure(secure(certificate("a", first), certificate("b", wild)));
    network.register("web", "0");
    String address = network.socket(18_443);

    assertThat(Wire.getSecurely(address, "shop.example.com", "/").certificate())
        .isEqualTo(first.certificate());
    Wire.Secure answer = Wire.getSecurely(address, "www.example.org", "/");
    assertThat(answer.certificate()).isEqualTo(wild.certificate());
    assertThat(answer.answer())
        .contains("\"pod\": \"web-0\"")
        .contains("\"x-forwarded-proto\": \"https\"");
    assertThat(Wire.getSecurely(address, "nobody.example.net", "/").certificate())
        .as("for a name that none has")
        .isEqualTo(first.certificate());

    LoadBalancer shown = network.ensure(secure(certificate("c", renewed), certificate("b", wild)));
    await()
        .untilAsserted(
            () ->
                assertThat(Wire.getSecurely(address, "shop.example.com", "/").certificate())
                    .isEqualTo(renewed.certificate()));
    assertThat(shown.toString()).as("keys never leave").doesNotContain("PRIVATE KEY");
  }

  private static LoadBalancerSpec.Builder secure(Certificate... certificates) {
    Listener.Builder listener =
        Listener.newBuilder()
            .setPort(18_443)
            .setProtocol(Protocol.PROTOCOL_HTTPS)
            .setDefaultServerGroup("web");
    List.of(certificates).forEach(certificate -> listener.addCertificates(certificate.getName()));
    return layer7(listener).addAllCertificates(List.of(certificates));
  }

  private static Certificate certificate(String name, TestKeys keys) {
    return Certificate.newBuilder().setName(name).setKeyPair(keys.pem()).build();
  }

  private static Rule.Builder rule(String name, String host, String prefix) {
    return Rule.newBuilder()
        .setName(name)
        .addHosts(host)
        .addPaths(PathMatch.newBuilder().setKind(PathMatch.Kind.PREFIX).setPath(prefix));
  }

  private static WeightedServerGroup to(String group, int weight) {
    return WeightedServerGroup.newBuilder().setServerGroup(group).setWeight(weight).build();
  }
}
