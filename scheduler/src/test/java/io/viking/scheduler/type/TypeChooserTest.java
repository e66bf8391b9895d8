package io.viking.scheduler.type;

import static io.viking.scheduler.selector.LabelRule.Operator.IN;
import static io.viking.scheduler.selector.LabelRule.Operator.NOT_IN;
import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.selector.LabelRule.Operator;
import io.viking.scheduler.testing.Cloud;
import io.viking.scheduler.testing.Shape;
import io.viking.scheduler.zone.Assortment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A pod of 1 vCPU and 2 GiB, whose usual type is 1-2Gi, in zones that sell all types. */
class TypeChooserTest {
  private static final String TYPE = TypeLabels.TYPE;
  private static final String ARCH = TypeLabels.ARCHITECTURE;
  private static final String USUAL = "1-2Gi";

  static Stream<Arguments> types() {
    return Stream.of(
        // Rules that the usual type meets change nothing.
        Arguments.of(shape(), USUAL),
        Arguments.of(shape().selector(ARCH, "amd64"), USUAL),
        Arguments.of(shape().selector("kubernetes.io/os", "linux"), USUAL),
        Arguments.of(shape().required(rule(ARCH, IN, "amd64", "arm64")), USUAL),
        Arguments.of(shape().required(rule(TYPE, NOT_IN, "ecs.c6.large")), USUAL),
        Arguments.of(shape().prefer(1, rule(ARCH, IN, "amd64")), USUAL),
        // A named type is chosen, the cheapest first, those that are too small not at all.
        Arguments.of(shape().selector(TYPE, "ecs.c6.large"), "ecs.c6.large"),
        Arguments.of(shape().selector(TYPE, "4-8Gi"), "4-8Gi"),
        Arguments.of(
            shape().required(rule(TYPE, IN, "ecs.g6.large", "ecs.c6.large")),
            "ecs.c6.large,ecs.g6.large"),
        Arguments.of(
            shape().required(rule(TYPE, IN, "ecs.g6.large", USUAL)), USUAL + ",ecs.g6.large"),
        Arguments.of(
            shape().needs(4000, 8192, 0).required(rule(TYPE, IN, "ecs.c6.large", "ecs.c6.xlarge")),
            "ecs.c6.xlarge"),
        Arguments.of(
            shape().needs(1000, 2048, 1).selector(TYPE, "ecs.gn6v-c8g1.2xlarge"),
            "ecs.gn6v-c8g1.2xlarge"),
        // An architecture that no shape has is that of named types.
        Arguments.of(shape().selector(ARCH, "arm64"), "ecs.g8y.large,ecs.g8y.xlarge"),
        Arguments.of(
            shape().required(rule(ARCH, NOT_IN, "amd64"), rule(ARCH, IN, "arm64")),
            "ecs.g8y.large,ecs.g8y.xlarge"),
        // Another shape, but no other kind of type, takes the place of one that is excluded.
        Arguments.of(
            shape().needs(8000, 16384, 0).required(rule(TYPE, NOT_IN, "8-16Gi")), "64-512Gi"),
        // Zones of which each allows another type.
        Arguments.of(
            shape()
                .anyOf(
                    List.of(rule(Shape.ZONE, IN, "h"), rule(ARCH, IN, "arm64")),
                    List.of(rule(Shape.ZONE, IN, "i"), rule(ARCH, IN, "amd64"))),
            USUAL + ",ecs.g8y.large,ecs.g8y.xlarge"),
        // Preferences put types in front.
        Arguments.of(
            shape().prefer(1, rule(ARCH, IN, "arm64")), "ecs.g8y.large,ecs.g8y.xlarge," + USUAL),
        Arguments.of(shape().prefer(1, rule(TYPE, IN, "ecs.g6.large")), "ecs.g6.large," + USUAL),
        Arguments.of(
            shape()
                .required(rule(TYPE, IN, "ecs.g6.large", "ecs.c6.large"))
                .prefer(1, rule(TYPE, IN, "ecs.g6.large")),
            "ecs.g6.large,ecs.c6.large"),
        // The annotation's order stays, and the rules leave some of it.
        Arguments.of(
            shape().types("ecs.g6.large", "ecs.c6.large").selector(ARCH, "amd64"),
            "ecs.g6.large,ecs.c6.large"),
        Arguments.of(
            shape().types("ecs.g6.large", "ecs.g8y.large", "ecs.c6.large").selector(ARCH, "arm64"),
            "ecs.g8y.large"),
        Arguments.of(
            shape().families("ecs.c6", "ecs.g8y").selector(ARCH, "arm64"),
            "ecs.g8y.large,ecs.g8y.xlarge"));
  }

  @ParameterizedTest
  @MethodSource
  void types(Shape shape, String types) {
    assertThat(names(choose(shape, cloud()))).containsExactly(types.split(","));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            shape().selector(ARCH, "riscv64"),
            "spec.nodeSelector: no zone sells kubernetes.io/arch=riscv64; there are amd64, arm64"),
        Arguments.of(
            shape().selector(TYPE, "ecs.none"),
            "spec.nodeSelector: no zone sells node.kubernetes.io/instance-type=ecs.none"),
        Arguments.of(
            shape().selector(TYPE, "ecs.c9.large"),
            "spec.nodeSelector: no zone sells node.kubernetes.io/instance-type=ecs.c9.large (near"
                + " are ecs.c6.large, ecs.c6.xlarge, ecs.g6.large)"),
        Arguments.of(
            shape().required(rule(TYPE, IN, "ecs.none", "ecs.nix")),
            "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution: no zone"
                + " sells node.kubernetes.io/instance-type=ecs.nix,ecs.none"),
        Arguments.of(
            shape().types("ecs.c6.large").selector(ARCH, "arm64"),
            "the annotation k8s.aliyun.com/eci-use-specs chooses ecs.c6.large, and none of these"
                + " matches the pod's node selector or affinity on node.kubernetes.io/instance-type or"
                + " kubernetes.io/arch; drop one of the two"),
        Arguments.of(
            shape().families("ecs.c6").selector(TYPE, "ecs.g6.large"),
            "the annotation k8s.aliyun.com/eci-instance-family chooses ecs.c6.large, ecs.c6.xlarge,"
                + " and none of these matches the pod's node selector or affinity on"
                + " node.kubernetes.io/instance-type or kubernetes.io/arch; drop one of the two"),
        Arguments.of(
            shape().required(rule(TYPE, IN, "ecs.c6.large"), rule(ARCH, IN, "riscv64")),
            "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution: no zone"
                + " sells kubernetes.io/arch=riscv64; there are amd64, arm64"),
        Arguments.of(
            shape().selectors(Map.of(TYPE, "ecs.c6.large", ARCH, "arm64")),
            "spec.nodeSelector: node.kubernetes.io/instance-type=ecs.c6.large is amd64 and not"
                + " arm64"),
        Arguments.of(
            shape().needs(4000, 8192, 0).selector(TYPE, "ecs.c6.large"),
            "the pod requests 4 vCPU, 8 GiB, more than any instance type has that its node selector"
                + " or affinity leaves; the largest is ecs.c6.large (2 vCPU, 4 GiB): request less,"
                + " or change what it says of node.kubernetes.io/instance-type"),
        Arguments.of(
            shape().needs(20_000, 0, 0).selector(ARCH, "arm64"),
            "the pod requests 20 vCPU, 0 GiB, more than any instance type has that its node selector"
                + " or affinity leaves; the largest is ecs.g8y.xlarge (4 vCPU, 16 GiB): request"
                + " less, or change what it says of kubernetes.io/arch"),
        Arguments.of(
            shape().needs(1000, 2048, 99).selector(ARCH, "amd64"),
            "the pod asks for 1 vCPU, 2 GiB, 99 GPUs, which no GPU type on sale has; there are"
                + " ecs.gn6v-c8g1.2xlarge, ecs.gn6v-c8g1.8xlarge"),
        Arguments.of(
            shape().needs(5000, 8192, 0).selector(ARCH, "amd64"),
            "the pod asks for 5 vCPU, 8 GiB, which is no shape that is sold; the next are 8-16Gi,"
                + " 64-512Gi"));
  }

  @ParameterizedTest
  @MethodSource
  void refusals(Shape shape, String reason) {
    assertThat(choose(shape, cloud())).isEqualTo(new Assortment.Choice.None(reason));
  }

  @Test
  void choose_rulesOnOtherLabelsFail_areTheZonesOwnMatter() {
    var shape = shape().required(rule(Shape.ZONE, IN, "nowhere"), rule(ARCH, IN, "amd64"));
    assertThat(names(choose(shape, cloud()))).containsExactly(USUAL);
  }

  @Test
  void choose_typeThatOneZoneSells_isChosenForIt() {
    var cloud = cloud().notSelling("h", "ecs.c6.large").notSelling("i", "ecs.c6.large");
    assertThat(names(choose(shape().selector(TYPE, "ecs.c6.large"), cloud)))
        .containsExactly("ecs.c6.large");
    assertThat(
            choose(shape().selector(TYPE, "ecs.c6.large"), cloud.notSelling("j", "ecs.c6.large")))
        .isInstanceOf(Assortment.Choice.None.class);
  }

  @Test
  void choose_usualTypeMeetsTheRules_isImplied() {
    assertThat(implied(shape().selector(ARCH, "amd64"))).isTrue();
    assertThat(implied(shape().selector(TYPE, USUAL))).isTrue();
    assertThat(implied(shape().selector(TYPE, "4-8Gi"))).isFalse();
  }

  private static boolean implied(Shape shape) {
    return ((Assortment.Choice.Types) choose(shape, cloud())).implied();
  }

  private static Assortment.Choice choose(Shape shape, Cloud cloud) {
    return TypeChooser.choose(shape.build(), cloud.sites(), Assortment.of(cloud.snapshot()));
  }

  private static List<String> names(Assortment.Choice choice) {
    return ((Assortment.Choice.Types) choice).types().stream().map(InstanceType::getName).toList();
  }

  private static LabelRule rule(String key, Operator operator, String... values) {
    return new LabelRule(key, operator, Set.of(values));
  }
}
