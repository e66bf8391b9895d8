package io.viking.bench.rival;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.controlplane.upstream.Binaries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What kube-scheduler and KWOK are told, read back as they would. */
class RivalFilesTest {
  private static final Binaries BINARIES = new Binaries(Path.of("/cache"));
  private static final RivalDirectory DIRECTORY = new RivalDirectory(Path.of("/cache/with: colon"));
  private static final Path KUBECONFIG = Path.of("/home/o'neil #1/admin.kubeconfig");
  private static final RivalSettings SETTINGS = new RivalSettings(12, 2_000, 32, 5_000);

  @Test
  void scheduler_hasAProfileOfItsOwn_noElectionAndNoThrottle() {
    Map<String, Object> configuration =
        new Yaml().load(SchedulerCommand.configuration(KUBECONFIG, SETTINGS));
    assertThat(configuration)
        .containsEntry("kind", "KubeSchedulerConfiguration")
        .containsEntry("leaderElection", Map.of("leaderElect", false))
        .containsEntry(
            "profiles",
            List.of(Map.of("schedulerName", "kube-scheduler", "pluginConfig", List.of())))
        .containsEntry(
            "clientConnection",
            Map.of("kubeconfig", KUBECONFIG.toString(), "qps", 5_000, "burst", 10_000));
  }

  @Test
  void scheduler_listensOnLoopbackOnly() {
    assertThat(SchedulerCommand.of(BINARIES, DIRECTORY, 1001))
        .startsWith("/cache/kube-scheduler")
        .contains("--bind-address=127.0.0.1", "--secure-port=1001");
  }

  @Test
  void kwok_playsItsOwnNodesOnly_withLeases_andTheFastStages() {
    List<Map<String, Object>> documents =
        documents(KwokCommand.configuration("bench.viking.io/kwok=r1", SETTINGS));
    assertThat(documents).hasSize(4);
    assertThat(documents.getFirst().get("options"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("manageNodesWithLabelSelector", "bench.viking.io/kwok=r1")
        .containsEntry("nodeLeaseDurationSeconds", 40)
        .containsEntry("podPlayStageParallelism", 32)
        .doesNotContainKey("manageAllNodes");
    assertThat(documents.stream().skip(1))
        .extracting(document -> ((Map<?, ?>) document.get("metadata")).get("name"))
        .isEqualTo(List.of("pod-ready", "pod-delete", "node-initialize"));
  }

  @Test
  void kwok_stages_haveNoDelay() {
    assertThat(documents(KwokCommand.configuration("a=b", SETTINGS)).stream().skip(1))
        .allSatisfy(
            stage ->
                assertThat(stage.get("spec"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsKeys("selector", "next")
                    .doesNotContainKey("delay"));
  }

  @Test
  void kwok_listensOnLoopbackOnly() {
    assertThat(KwokCommand.of(BINARIES, DIRECTORY.kwokConfiguration(), KUBECONFIG, 1002))
        .startsWith("/cache/kwok")
        .contains("--server-address=127.0.0.1:1002", "--kubeconfig=" + KUBECONFIG);
  }

  @Test
  void nodes_takeTwiceThePods_howeverManyThereAre() {
    for (int pods : new int[] {1, 500, 10_000, 50_000}) {
      RivalSettings settings = RivalSettings.bestFor(pods);
      assertThat(settings.nodes() * settings.podsPerNode()).isGreaterThanOrEqualTo(2 * pods);
      assertThat(settings.nodes()).isEqualTo(12);
    }
  }

  private static List<Map<String, Object>> documents(String file) {
    var documents = new ArrayList<Map<String, Object>>();
    for (Object document : new Yaml().loadAll(file)) {
      @SuppressWarnings("unchecked")
      Map<String, Object> map = (Map<String, Object>) document;
      documents.add(map);
    }
    return documents;
  }
}
