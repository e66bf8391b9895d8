package io.viking.scheduler.zone;

import static io.viking.scheduler.testing.Cloud.cloud;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.pod.CloudWishes;
import io.viking.scheduler.pod.Needs;
import java.util.List;
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
  void choose_gpuWithoutAType_namesTheAnnotationAndTheTypes() {
    assertThat(refusal(List.of(), new Needs(1000, 2048, 2)))
        .isEqualTo(
            "nvidia.com/gpu needs a GPU type by name: set the annotation"
                + " k8s.aliyun.com/eci-use-specs to one of ecs.gn6v-c8g1.8xlarge");
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
            "annotation k8s.aliyun.com/eci-use-specs: no instance type \"ecs.none\" is sold");
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
    return assortment.choose(new CloudWishes(named, List.of(), false, false), needs, needs);
  }

  private static List<String> names(Assortment.Choice choice) {
    return ((Assortment.Choice.Types) choice).types().stream().map(InstanceType::getName).toList();
  }
}
