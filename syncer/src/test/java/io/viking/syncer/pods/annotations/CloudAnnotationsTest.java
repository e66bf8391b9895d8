package io.viking.syncer.pods.annotations;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.InstanceSpec;
import io.viking.syncer.pods.annotations.AnnotationReader.Outcome.Malformed;
import io.viking.syncer.pods.annotations.AnnotationReader.Outcome.Read;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CloudAnnotationsTest {
  private static final String PREFIX = CloudAnnotations.PREFIX;

  /**
   * @param effect text form of the spec's field that the good value fills; "" = none
   */
  record Row(String key, String good, String bad, String effect) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            PREFIX + "eci-use-specs", "2.0-4Gi, ecs.c6.large", "2x4", "instance_types: \"2-4Gi\""),
        new Row(PREFIX + "eci-vswitch", "vsw-a,vsw-b", "vsw-a,,vsw-b", ""),
        new Row(PREFIX + "eci-schedule-strategy", "VSwitchOrdered", "Ordered", ""),
        new Row(PREFIX + "eci-spot-strategy", "SpotAsPriceGo", "spot", "kind: SPOT_AS_PRICE_GO"),
        new Row(PREFIX + "eci-spot-price-limit", "0.360", "0.3601", "nanos_per_second: 100000"),
        new Row(PREFIX + "eci-spot-duration", "1", "2", "seconds: 3600"),
        new Row(PREFIX + "eci-spot-fallback", "true", "yes", "spot_fallback: true"),
        new Row(PREFIX + "eci-spot-release-strategy", "api-evict", "evict", ""),
        new Row(PREFIX + "eci-privatepool-id", "eap-1", "pool", "reservation_id: \"eap-1\""),
        new Row(PREFIX + "eci-privatepool-matchcriteria", "Open", "open", ""),
        new Row(
            PREFIX + "eci-extra-ephemeral-storage",
            "50Gi",
            "1Mi",
            "extra_ephemeral_storage_gib: 50"),
        new Row(PREFIX + "eci-custom-tags", "env:test,name:alice", "env=test", "key: \"env\""),
        new Row(PREFIX + "eci-security-group", "sg-a", "a", "security_groups: \"sg-a\""),
        new Row(PREFIX + "eci-with-eip", "true", "1", "public_address: true"),
        new Row(PREFIX + "eci-eip-instanceid", "eip-1", "1.2.3.4", "public_address_id: \"eip-1\""),
        new Row(PREFIX + "eip-bandwidth", "10", "10M", "public_bandwidth_mbps: 10"),
        new Row(PREFIX + "eip-isp", "BGP_PRO", "X", ""),
        new Row(PREFIX + "eip-internet-charge-type", "PayByTraffic", "free", ""),
        new Row(
            "kubernetes.io/ingress-bandwidth", "40M", "fast", "ingress_bandwidth_bps: 40000000"),
        new Row("kubernetes.io/egress-bandwidth", "1G", "1", "egress_bandwidth_bps: 1000000000"),
        new Row(PREFIX + "eci-enable-ipv6", "true", "6", "ipv6: true"),
        new Row(PREFIX + "eci-ram-role-name", "Role1", "a role", "ram_role: \"Role1\""),
        new Row(PREFIX + "eci-resource-group-id", "rg-1", "x", ""),
        new Row(PREFIX + "eci-auto-imc", "true", "on", "auto_match: true"),
        new Row(PREFIX + "eci-imc-id", "imc-1", "cache", "cache_id: \"imc-1\""),
        new Row(PREFIX + "image-accelerate-mode", "nydus", "fast", ""),
        new Row(PREFIX + "eci-instance-family", "ecs.c6,-ecs.g5", "", ""),
        new Row(PREFIX + "eci-fail-strategy", "fail-fast", "fail", ""),
        new Row(PREFIX + "eci-max-pending-minute", "10", "9", ""));
  }

  @Test
  void table_namesEveryRegisteredAnnotation() {
    List<String> registered =
        CloudAnnotations.ALL.stream().<String>map(PodAnnotation::key).toList();

    assertThat(new HashSet<>(registered)).hasSameSizeAs(registered);
    assertThat(rows().map(Row::key)).containsExactlyInAnyOrderElementsOf(registered);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void goodValue_isReadAndHasItsEffect(Row row) {
    InstanceSpec spec = specOf(Map.of(row.key(), row.good()));

    assertThat(spec.toString()).contains(row.effect());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void badValue_isMalformedAndNamesKeyValueAndForm(Row row) {
    var outcome = AnnotationReader.read(Map.of(row.key(), row.bad()));

    assertThat(outcome).isInstanceOf(Malformed.class);
    assertThat(((Malformed) outcome).message())
        .startsWith("annotation " + row.key() + " is \"" + row.bad() + "\", but must be ")
        .hasSizeGreaterThan(60);
  }

  @Test
  void unknownKeyOfTheCloud_isPassedOn() {
    assertThat(
            specOf(Map.of(PREFIX + "eci-something-new", "x", "example.com/a", "y"))
                .getExtensionsMap())
        .containsExactly(entry(PREFIX + "eci-something-new", "x"));
  }

  @Test
  void keyWithAField_isNoExtension() {
    assertThat(specOf(Map.of(PREFIX + "eci-use-specs", "2-4Gi")).getExtensionsMap()).isEmpty();
  }

  @Test
  void keyWithoutAField_isPassedOnChecked() {
    assertThat(specOf(Map.of(PREFIX + "eip-isp", "BGP")).getExtensionsMap())
        .containsExactly(entry(PREFIX + "eip-isp", "BGP"));
  }

  @Test
  void keyWrittenBackByAPlatform_isNoInput() {
    assertThat(specOf(Map.of(PREFIX + "eci-instance-id", "eci-1")).getExtensionsMap()).isEmpty();
  }

  @Test
  void oldName_isReadAsTheNewOne() {
    assertThat(specOf(Map.of(PREFIX + "eci-image-cache", "true")).getImageCache().getAutoMatch())
        .isTrue();
  }

  @Test
  void spotWithPriceLimit_withoutLimit_isMalformed() {
    var outcome = AnnotationReader.read(Map.of(PREFIX + "eci-spot-strategy", "SpotWithPriceLimit"));

    assertThat(outcome).isInstanceOf(Malformed.class);
    assertThat(((Malformed) outcome).message()).contains("eci-spot-price-limit");
  }

  @Test
  void newAndGivenPublicAddress_together_isMalformed() {
    var outcome =
        AnnotationReader.read(
            Map.of(PREFIX + "eci-with-eip", "true", PREFIX + "eci-eip-instanceid", "eip-1"));

    assertThat(outcome).isInstanceOf(Malformed.class);
  }

  @Test
  void failStrategy_isReadForTheSyncer() {
    var read = (Read) AnnotationReader.read(Map.of(PREFIX + "eci-fail-strategy", "fail-over"));

    assertThat(read.values().get(CloudAnnotations.FAIL_STRATEGY)).contains(FailStrategy.FAIL_BACK);
    assertThat(read.values().get(CloudAnnotations.MAX_PENDING_MINUTES)).isEmpty();
  }

  private static InstanceSpec specOf(Map<String, String> annotations) {
    InstanceSpec.Builder spec = InstanceSpec.newBuilder();
    var outcome = AnnotationReader.read(annotations);
    assertThat(outcome).isInstanceOf(Read.class);
    ((Read) outcome).values().applyTo(spec, "CNY");
    return spec.build();
  }
}
