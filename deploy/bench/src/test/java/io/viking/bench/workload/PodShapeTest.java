package io.viking.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.kube.client.KubeJson;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodShapeTest {
  @Test
  void podOfTheFloor_differsFromThatOfTheStorm_byItsSchedulerAlone() {
    String storm = json(TokenUse.WITH, "viking");
    String floor = json(TokenUse.WITH, "nobody");

    assertThat(storm.replace("\"viking\"", "\"nobody\"")).isEqualTo(floor);
  }

  @Test
  void tokens_areMounted_unlessTheyAreNotWanted() {
    assertThat(json(TokenUse.WITH, "viking")).doesNotContain("automountServiceAccountToken");
    assertThat(json(TokenUse.WITHOUT, "viking")).contains("\"automountServiceAccountToken\":false");
  }

  @Test
  void template_carriesTheLabelsOfEveryPod_andThoseOfItsController() {
    var shape = shape(TokenUse.WITH, "viking");

    assertThat(shape.template("Never", Map.of("part", "p1")).getMetadata().getLabels())
        .isEqualTo(Map.of("storm", "s1", "part", "p1"));
  }

  private static String json(TokenUse token, String scheduler) {
    return KubeJson.write(shape(token, scheduler).pod("a"));
  }

  private static PodShape shape(TokenUse token, String scheduler) {
    return new PodShape(token, PodPlacement.by(scheduler), Map.of("storm", "s1"));
  }
}
