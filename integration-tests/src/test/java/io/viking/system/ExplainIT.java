package io.viking.system;

import static io.viking.system.Workloads.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code viking explain pod} asks the scheduler that runs. */
class ExplainIT {
  private final Cluster cluster = SharedViking.cluster();
  private String namespace = "";

  @BeforeEach
  void makeNamespace() throws Exception {
    namespace = cluster.newNamespace("explain");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    cluster.deleteNamespace(namespace);
  }

  @Test
  void waitingPod_saysWhatItsConditionSays() throws Exception {
    V1Pod nowhere = pod("nowhere", Map.of());
    nowhere.getSpec().setNodeSelector(Map.of("topology.kubernetes.io/zone", "atlantis"));
    cluster.core().createNamespacedPod(namespace, nowhere).execute();
    Await.until("a condition", () -> !message("nowhere").isEmpty());

    VikingProcess.Result said = explain("nowhere");

    assertThat(said.output())
        .contains(message("nowhere").replaceFirst("\\.$", ""))
        .contains("NodeAffinity")
        .contains("no (1)");
    assertThat(said.succeeded()).isTrue();
  }

  @Test
  void boundPod_saysWhere_andJsonToo() throws Exception {
    cluster.core().createNamespacedPod(namespace, pod("here", Map.of())).execute();
    Await.until("a zone", () -> !zone("here").isEmpty());

    Await.until(
        "bound", () -> explain("here").output().contains("bound to the zone " + zone("here")));
    assertThat(explain("here").output())
        .as("the zones cost the same")
        .contains("ORDER", "the same in all of these zones")
        .doesNotContain("Cheapest");
    assertThat(explain("here", "-o", "json").output())
        .contains(
            "\"state\": \"BOUND\"", "\"zone\": \"" + zone("here") + "\"", "\"name\": \"Cheapest\"");
  }

  @Test
  void podThatIsNotThere_isOneSentence() throws Exception {
    VikingProcess.Result said = explain("ghost");

    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.output())
        .contains("viking: pods \"ghost\" not found in namespace \"" + namespace + "\".");
  }

  private VikingProcess.Result explain(String pod, String... more) throws Exception {
    var words = new ArrayList<>(List.of("explain", "pod", pod, "-n", namespace));
    words.addAll(List.of("--data-dir", SharedViking.process().dataDirectory().toString()));
    words.addAll(List.of(more));
    return VikingProcess.run(words.toArray(String[]::new));
  }

  private String message(String pod) throws Exception {
    var conditions = cluster.pod(namespace, pod).orElseThrow().getStatus().getConditions();
    return conditions == null
        ? ""
        : conditions.stream()
            .filter(condition -> "Unschedulable".equals(condition.getReason()))
            .map(condition -> condition.getMessage())
            .findFirst()
            .orElse("");
  }

  private String zone(String pod) throws Exception {
    String node = cluster.pod(namespace, pod).orElseThrow().getSpec().getNodeName();
    return node == null ? "" : node;
  }
}
