package io.viking.scheduler.zone;

import static io.viking.scheduler.testing.Cloud.cloud;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.pod.CloudWishes;
import io.viking.scheduler.pod.FamilyWishes;
import io.viking.scheduler.pod.Needs;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssortmentTest {
  private final Assortment assortment = Assortment.of(cloud().snapshot());

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1-2Gi",
    "100, 0, 0.5-1Gi",
    "500, 1024, 0.5-1Gi",
    "501, 1024, 1-2Gi",
    "1000, 2049, 1-8Gi",
    "2000, 4096, 4-8Gi",
    "4000, 0, 4-8Gi",
    "8000, 16384, 8-16Gi",
    "8000, 0, 8-16Gi",
  })
  void choose_shape_isTheCheapestThatHoldsIt(long milliVcpu, long mib, String type) {
    assertThat(types(List.of(), new Needs(milliVcpu, mib, 0))).containsExactly(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5000 | 8192 | 'the pod asks for 5 vCPU, 8 GiB, which is no shape that is sold; the next are"
            + " 8-16Gi, 64-512Gi'",
        "2000 | 16384 | 'the pod asks for 2 vCPU, 16 GiB, which is no shape that is sold; the next are"
            + " 8-16Gi, 64-512Gi'",
        "200000 | 2048 | 'the pod asks for 200 vCPU, 2 GiB, more than any instance type has'",
      })
  void choose_noShape_saysWhatThereIs(long milliVcpu, long mib, String reason) {
    assertThat(refusal(List.of(), new Needs(milliVcpu, mib, 0))).isEqualTo(reason);
  }

  @Test
  void choose_gpuWithoutAType_takesTheCheapestThatHoldsIt() {
    assertThat(types(List.of(), new Needs(1000, 2048, 2))).containsExactly("ecs.gn6v-c8g1.8xlarge");
    assertThat(refusal(List.of(), new Needs(1000, 2048, 99)))
        .startsWith("the pod asks for ")
        .contains(", which no GPU type on sale has; there are ", "ecs.gn6v-c8g1.8xlarge");
  }

  @Test
  void choose_named_inTheirOrderIfTheyHoldIt() {
    assertThat(types(List.of("4-8Gi", "ecs.c6.large"), new Needs(1000, 2048, 0)))
        .containsExactly("4-8Gi", "ecs.c6.large");
    assertThat(types(List.of("ecs.c6.large", "4-8Gi"), new Needs(3000, 2048, 0)))
        .containsExactly("4-8Gi");
    assertThat(
            types(
                List.of("ecs.gn6v-c8g1.2xlarge", "ecs.gn6v-c8g1.8xlarge"),
                new Needs(1000, 2048, 4)))
        .containsExactly("ecs.gn6v-c8g1.8xlarge");
  }

  @Test
  void choose_namedTooSmallOrUnknown_saysSo() {
    assertThat(refusal(List.of("1-2Gi"), new Needs(3000, 2048, 0)))
        .isEqualTo(
            "the pod requests 3 vCPU, 2 GiB, more than any type of its annotation"
                + " k8s.aliyun.com/eci-use-specs has: 1-2Gi");
    assertThat(refusal(List.of("ecs.none"), Needs.NOTHING))
        .isEqualTo(
            "annotation k8s.aliyun.com/eci-use-specs: no instance type \"ecs.none\" is sold; correct"
                + " it or take it out");
    assertThat(refusal(List.of("4-8Gi", "1-1Gi"), Needs.NOTHING))
        .isEqualTo(
            "annotation k8s.aliyun.com/eci-use-specs: no instance type \"1-1Gi\" is sold (near are"
                + " 1-2Gi, 1-8Gi, 4-8Gi); correct it or take it out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ecs.c6        |          | 1000 | ecs.c6.large,ecs.c6.xlarge",
        "ecs.c6        |          | 3000 | ecs.c6.xlarge",
        "ecs.c6,ecs.g6 |          | 1000 | ecs.c6.large,ecs.g6.large,ecs.c6.xlarge",
        "ecs.c6,ecs.g6 | -ecs.c6  | 1000 | ecs.g6.large",
        "ecs.g8y       |          | 1000 | ecs.g8y.large,ecs.g8y.xlarge",
        "ecs.gn6v      |          | 1000 | ecs.gn6v-c8g1.2xlarge,ecs.gn6v-c8g1.8xlarge",
        "              | -ecs.c6  | 1000 | 1-2Gi",
      })
  void choose_families_areTheirTypesThatHoldItCheapestFirst(
      @Nullable String only, @Nullable String never, long milliVcpu, String types) {
    var families = new FamilyWishes(list(only), list(never), List.of(), List.of());
    assertThat(chosen(List.of(), families, new Needs(milliVcpu, 2048, 0)))
        .containsExactly(types.split(","));
  }

  @Test
  void choose_generations_inTheirOrderWithoutGpusAndForeignArchitectures() {
    var families = new FamilyWishes(List.of(), List.of(), List.of(8, 6), List.of());
    assertThat(chosen(List.of(), families, new Needs(1000, 2048, 0)))
        .containsExactly("ecs.c6.large", "ecs.g6.large", "ecs.c6.xlarge");
    var both = new FamilyWishes(List.of("ecs.c6", "ecs.g8y"), List.of(), List.of(8, 6), List.of());
    assertThat(chosen(List.of(), both, new Needs(1000, 2048, 0)))
        .containsExactly("ecs.g8y.large", "ecs.g8y.xlarge", "ecs.c6.large", "ecs.c6.xlarge");
  }

  @Test
  void choose_familiesWithNamedTypes_narrowThemAndSizesStandForTheirs() {
    var c6 = new FamilyWishes(List.of("ecs.c6"), List.of(), List.of(), List.of());
    assertThat(chosen(List.of("4-8Gi", "ecs.g6.large", "ecs.c6.large"), c6, Needs.NOTHING))
        .containsExactly("ecs.c6.xlarge", "ecs.c6.large");
    var notC6 = new FamilyWishes(List.of(), List.of("ecs.c6"), List.of(), List.of());
    assertThat(chosen(List.of("ecs.c6.large", "ecs.g6.large"), notC6, Needs.NOTHING))
        .containsExactly("ecs.g6.large");
  }

  @Test
  void choose_families_thatLeaveNothing_sayWhatThereIs() {
    assertThat(refused(List.of(), families("ecs.c9"), Needs.NOTHING))
        .isEqualTo(
            "annotation k8s.aliyun.com/eci-instance-family: no instance type of the family"
                + " \"ecs.c9\" is sold; there are ecs.c6, ecs.g6, ecs.g8y, ecs.gn6v");
    assertThat(refused(List.of(), families("ecs.zz"), Needs.NOTHING))
        .contains("no instance type of the family \"ecs.zz\" is sold; there are ecs.c6");
    assertThat(refused(List.of(), families("ecs.c6"), new Needs(8000, 2048, 0)))
        .isEqualTo(
            "the pod requests 8 vCPU, 2 GiB, more than any type has that is left by the annotation"
                + " k8s.aliyun.com/eci-instance-family (ecs.c6): ecs.c6.large, ecs.c6.xlarge");
    assertThat(refused(List.of("ecs.g6.large"), families("ecs.c6"), Needs.NOTHING))
        .isEqualTo(
            "none of the types of the annotation k8s.aliyun.com/eci-use-specs (ecs.g6.large) is left"
                + " by the annotation k8s.aliyun.com/eci-instance-family (ecs.c6)");
    assertThat(
            refused(
                List.of(),
                new FamilyWishes(List.of(), List.of("ecs.c6"), List.of(9), List.of()),
                Needs.NOTHING))
        .isEqualTo(
            "no instance type on sale is left by the annotations k8s.aliyun.com/eci-instance-family"
                + " (-ecs.c6) and k8s.aliyun.com/eci-instance-generation (9); there are the families"
                + " ecs.c6, ecs.g6, ecs.g8y, ecs.gn6v");
  }

  @Test
  void choose_typesThatDoNotFollowFromThePod_areNotImplied() {
    var needs = new Needs(3000, 2048, 0);
    assertThat(implied(wishes(List.of(), FamilyWishes.NONE), needs)).isTrue();
    assertThat(implied(wishes(List.of("4-8Gi"), FamilyWishes.NONE), needs)).isTrue();
    assertThat(implied(wishes(List.of("1-2Gi", "4-8Gi"), FamilyWishes.NONE), needs)).isFalse();
    assertThat(implied(wishes(List.of(), families("ecs.c6")), needs)).isFalse();
  }

  @Test
  void choose_pricesDecide_notSize() {
    var dear = cloud();
    for (String zone : List.of("h", "i", "j")) {
      dear.price(zone, "1-2Gi", 9_000_000);
    }
    var choice =
        Assortment.of(dear.snapshot())
            .choose(CloudWishes.NONE, Needs.NOTHING, new Needs(1000, 2048, 0));
    assertThat(names(choice)).containsExactly("1-8Gi");
  }

  private List<String> types(List<String> named, Needs needs) {
    return names(choose(named, needs));
  }

  private String refusal(List<String> named, Needs needs) {
    return ((Assortment.Choice.None) choose(named, needs)).reason();
  }

  private Assortment.Choice choose(List<String> named, Needs needs) {
    return assortment.choose(wishes(named, FamilyWishes.NONE), needs, needs);
  }

  private List<String> chosen(List<String> named, FamilyWishes families, Needs needs) {
    return names(assortment.choose(wishes(named, families), needs, needs));
  }

  private String refused(List<String> named, FamilyWishes families, Needs needs) {
    return ((Assortment.Choice.None) assortment.choose(wishes(named, families), needs, needs))
        .reason();
  }

  private boolean implied(CloudWishes wishes, Needs needs) {
    return ((Assortment.Choice.Types) assortment.choose(wishes, needs, needs)).implied();
  }

  private static CloudWishes wishes(List<String> named, FamilyWishes families) {
    return new CloudWishes(named, List.of(), false, Optional.empty(), families, false);
  }

  private static FamilyWishes families(String only) {
    return new FamilyWishes(List.of(only), List.of(), List.of(), List.of());
  }

  private static List<String> list(@Nullable String text) {
    return text == null ? List.of() : List.of(text.replace("-", "").split(","));
  }

  private static List<String> names(Assortment.Choice choice) {
    return ((Assortment.Choice.Types) choice).types().stream().map(InstanceType::getName).toList();
  }
}
