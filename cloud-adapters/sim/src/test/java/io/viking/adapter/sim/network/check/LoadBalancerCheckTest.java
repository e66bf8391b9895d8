package io.viking.adapter.sim.network.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.TextFormat;
import io.viking.adapter.sim.network.tls.TestKeys;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.Certificate;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.LoadBalancerSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadBalancerCheckTest {
  private static final String GOOD = "ref { key: 'k' } layer: LAYER_4 ";
  private static final String HTTP =
      "ref { key: 'k' } layer: LAYER_7 listeners { port: 80 protocol: PROTOCOL_HTTP %s }";
  private static final String RULE = "rules { name: 'r' %s }";
  private static final String TO = "forward { server_group: 'g' weight: 100 }";

  private final LoadBalancerCheck check = new LoadBalancerCheck(Profiles.instant());

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "ref { brought_id: ' ' } layer: LAYER_4 | ref.brought_id",
        "ref { key: 'k' } | layer",
        "$ ip_version: 'ipv5' | ip_version",
        "$ size: 'huge' | size",
        "$ bandwidth_mbps: 5001 | bandwidth_mbps",
        "$ vswitches: 'vsw-sim-h' | vswitches",
        "$ intranet: true vswitches: 'vsw-nowhere' | vswitches",
        "$ intranet: true vswitches: 'vsw-sim-h' vswitches: 'vsw-sim-i' | vswitches",
        "ref { key: 'k' } layer: LAYER_7 vswitches: 'vsw-sim-h' | vswitches",
        "$ listeners { port: 65536 protocol: PROTOCOL_TCP } | listeners[0].port",
        "$ listeners { port: 80 } | listeners[0].protocol",
        "$ listeners { port: 80 protocol: PROTOCOL_QUIC } | listeners[0].protocol",
        "$ listeners { port: 80 protocol: PROTOCOL_TCP scheduler: 'best' } | listeners[0].scheduler",
        "$ listeners { port: 80 protocol: PROTOCOL_TCP allow_cidrs: '10.0.0.0' } | listeners[0].allow_cidrs",
        "$ listeners { port: 80 protocol: PROTOCOL_TCP allow_cidrs: '10.0.0.0/33' } | listeners[0].allow_cidrs",
        "$ listeners { port: 80 protocol: PROTOCOL_TCP persistence { seconds: 3601 } } | listeners[0].persistence",
        "$ listeners { port: 80 protocol: PROTOCOL_TCP persistence { nanos: 1 } } | listeners[0].persistence",
        "$ listeners { port: 80 protocol: PROTOCOL_TCP health_check { enabled: true interval { seconds: 51 } } } | listeners[0].health_check.interval",
        "$ listeners { port: 80 protocol: PROTOCOL_TCP health_check { enabled: true healthy_threshold: 1 } } | listeners[0].health_check.healthy_threshold",
        "$ listeners { port: 80 protocol: PROTOCOL_TCP health_check { enabled: true healthy_codes: 'http_200' } } | listeners[0].health_check.healthy_codes",
        "$ certificates { name: 'c' cloud_id: 'does-not-exist' } | certificates[0].cloud_id",
        "$ certificates { cloud_id: 'c' } | certificates[0].name",
        "$ listeners { port: 443 protocol: PROTOCOL_HTTPS certificates: 'c' } | listeners[0].certificates"
      })
  void whatCanNeverBe_namesItsField(String text, String field) throws TextFormat.ParseException {
    assertField(text.replace("$ ", GOOD), field);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "NONE | listeners[0].rules[0]",
        "paths { kind: PREFIX path: 'a' } | listeners[0].rules[0].paths",
        "paths { path: '/a' } | listeners[0].rules[0].paths",
        "hosts: '*' | listeners[0].rules[0].hosts",
        "hosts: 'a_b.com' | listeners[0].rules[0].hosts",
        "headers { name: 'a b' values: 'x' } | listeners[0].rules[0].headers",
        "headers { name: 'a' } | listeners[0].rules[0].headers",
        "cookies { name: '' value: 'x' } | listeners[0].rules[0].cookies"
      })
  void rules_nameTheirField(String condition, String field) throws TextFormat.ParseException {
    assertField(HTTP.formatted(RULE.formatted(condition.replace("NONE", "") + TO)), field);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "forward { server_group: 'g' weight: 101 } | listeners[0].rules[0].forward[0].weight",
        "forward { weight: 1 } | listeners[0].rules[0].forward[0].server_group",
        "redirect { code: 300 } | listeners[0].rules[0].redirect.code",
        "redirect { code: 301 scheme: 'ftp' } | listeners[0].rules[0].redirect.scheme",
        "redirect { code: 301 } forward { server_group: 'g' } | listeners[0].rules[0]",
        "rewrite_path: 'x' forward { server_group: 'g' } | listeners[0].rules[0].rewrite_path"
      })
  void ways_nameTheirField(String way, String field) throws TextFormat.ParseException {
    assertField(HTTP.formatted(RULE.formatted("hosts: 'a.com' " + way)), field);
  }

  @Test
  void wholeDeclarations_areTaken() throws TextFormat.ParseException {
    check.check(
        spec(
            GOOD
                + "listeners { port: 80 protocol: PROTOCOL_TCP }"
                + " listeners { port: 80 protocol: PROTOCOL_UDP }"
                + " listeners { port: 81 protocol: PROTOCOL_HTTP }"));
    check.check(
        spec(
            HTTP.formatted(
                RULE.formatted("hosts: '*.a.com' paths { kind: PATTERN path: '*.png' } " + TO))));
  }

  @Test
  void keyPairThatCannotServe_isNamed_andNotShown() throws TextFormat.ParseException {
    LoadBalancerSpec spec =
        spec(GOOD).toBuilder()
            .addCertificates(
                Certificate.newBuilder()
                    .setName("shop/tls")
                    .setKeyPair(TestKeys.of("EC", "a").withKeyOf(TestKeys.of("EC", "b"))))
            .build();

    CloudFailure failure = CloudFailures.from(catchThrowable(() -> check.check(spec)));

    assertThat(failure.metadata())
        .containsEntry("field", "certificates[0].key_pair")
        .containsEntry("value", "shop/tls");
    assertThat(failure.message()).doesNotContain("BEGIN");
  }

  private void assertField(String text, String field) throws TextFormat.ParseException {
    LoadBalancerSpec spec = spec(text);

    CloudFailure failure = CloudFailures.from(catchThrowable(() -> check.check(spec)));

    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
    assertThat(failure.metadata()).containsEntry("field", field);
  }

  private static LoadBalancerSpec spec(String text) throws TextFormat.ParseException {
    LoadBalancerSpec.Builder spec = LoadBalancerSpec.newBuilder();
    TextFormat.merge(text, spec);
    return spec.build();
  }
}
