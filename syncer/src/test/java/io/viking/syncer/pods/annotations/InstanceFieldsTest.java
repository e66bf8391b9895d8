package io.viking.syncer.pods.annotations;

import static io.viking.kube.annotations.CloudAnnotations.PREFIX;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.InstanceSpec;
import io.viking.kube.annotations.AnnotationReader;
import io.viking.kube.annotations.AnnotationUse;
import io.viking.kube.annotations.CloudAnnotation;
import io.viking.kube.annotations.CloudAnnotations;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceFieldsTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          eci-use-specs | 2.0-4Gi, ecs.c6.large | instance_types: "2-4Gi"
          eci-spot-strategy | SpotAsPriceGo | kind: SPOT_AS_PRICE_GO
          eci-spot-price-limit | 0.360 | nanos_per_second: 100000
          eci-spot-duration | 1 | seconds: 3600
          eci-spot-fallback | true | spot_fallback: true
          eci-privatepool-id | eap-1 | reservation_id: "eap-1"
          eci-extra-ephemeral-storage | 50Gi | extra_ephemeral_storage_gib: 50
          eci-custom-tags | env:test,name:alice | key: "env"
          eci-security-group | sg-a | security_groups: "sg-a"
          eci-with-eip | true | public_address: true
          eci-eip-instanceid | eip-1 | public_address_id: "eip-1"
          eip-bandwidth | 10 | public_bandwidth_mbps: 10
          eci-enable-ipv6 | true | ipv6: true
          eci-ipv6-count | 1 | ipv6: true
          eci-ram-role-name | Role1 | ram_role: "Role1"
          eci-auto-imc | true | auto_match: true
          eci-image-cache | true | auto_match: true
          eci-imc-id | imc-1 | cache_id: "imc-1"
          """)
  void value_fillsItsFieldAndIsNoExtension(String key, String value, String field) {
    InstanceSpec spec = specOf(Map.of(PREFIX + key, value));

    assertThat(spec.toString()).contains(field);
    assertThat(spec.getExtensionsMap()).isEmpty();
  }

  @Test
  void bandwidths_ofKubernetesOwnKeys_fillTheirFields() {
    InstanceSpec spec =
        specOf(
            Map.of(
                "kubernetes.io/ingress-bandwidth", "40M", "kubernetes.io/egress-bandwidth", "1G"));

    assertThat(spec.getNetwork().getIngressBandwidthBps()).isEqualTo(40_000_000);
    assertThat(spec.getNetwork().getEgressBandwidthBps()).isEqualTo(1_000_000_000);
  }

  @Test
  void everyAnnotationOfUseInstance_hasAField() {
    assertThat(CloudAnnotations.ALL)
        .filteredOn(annotation -> annotation.use() == AnnotationUse.CLOUD)
        .allSatisfy(
            annotation -> assertThat(InstanceFields.has(annotation)).as(annotation.key()).isTrue());
  }

  @Test
  void everyAnnotationPassedOn_isAnExtensionAndFillsNothing() {
    for (CloudAnnotation<?> annotation : CloudAnnotations.ALL) {
      if (annotation.use() == AnnotationUse.PASSED_ON) {
        assertThat(InstanceFields.has(annotation)).as(annotation.key()).isFalse();
        assertThat(Extensions.of(Map.of(annotation.key(), annotation.example())))
            .containsExactly(entry(annotation.key(), annotation.example()));
      }
    }
  }

  @Test
  void newerKeyOfTwo_holds() {
    assertThat(
            specOf(Map.of(PREFIX + "eci-enable-ipv6", "false", PREFIX + "eci-ipv6-count", "1"))
                .getNetwork()
                .getIpv6())
        .isFalse();
  }

  @Test
  void unknownKeyOfTheCloud_isPassedOn() {
    assertThat(Extensions.of(Map.of(PREFIX + "eci-something-new", "x", "example.com/a", "y")))
        .containsExactly(entry(PREFIX + "eci-something-new", "x"));
  }

  @Test
  void keyWrittenBackByAPlatform_isNoInput() {
    assertThat(Extensions.of(Map.of(PREFIX + "eci-instance-id", "eci-1"))).isEmpty();
  }

  private static InstanceSpec specOf(Map<String, String> annotations) {
    InstanceSpec.Builder spec = InstanceSpec.newBuilder();
    var reading = AnnotationReader.read(annotations);
    assertThat(reading.flaws()).isEmpty();
    InstanceFields.fill(reading.values(), spec, "CNY");
    spec.putAllExtensions(Extensions.of(annotations));
    return spec.build();
  }
}
