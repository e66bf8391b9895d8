package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.viking.bench.rival.Rivals;
import io.viking.controlplane.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Viking next to kube-scheduler and KWOK, which takes two more binaries: only on request. */
class BenchCompareIT {
  private static final int PODS = 30;

  @TempDir Path directory;

  @BeforeAll
  static void onRequest() {
    assumeTrue(
        Boolean.getBoolean("viking.compare"),
        "needs kube-scheduler and KWOK, which nothing else does: run with -Dviking.compare=true");
    assumeTrue(
        Rivals.areBuilt(Environment.system()),
        "kube-scheduler and KWOK are not built yet: run \"viking bench compare\" once");
  }

  @Test
  void compare_measuresBoth_andLeavesNothingBehind() throws Exception {
    Path json = directory.resolve("compare.json");
    Path data = SharedViking.process().dataDirectory();
    VikingProcess.Result result =
        VikingProcess.run(
            "bench",
            "compare",
            "--data-dir=" + data,
            "--pods=" + PODS,
            "--mode=bare",
            "--warm-up=0",
            "--times=1",
            "--widths=8",
            "--json=" + json);
    assertThat(result.exitCode()).as(result.output()).isZero();

    JsonObject report = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    JsonArray storms =
        report.getAsJsonArray("rounds").get(0).getAsJsonObject().getAsJsonArray("storms");
    assertThat(storms)
        .extracting(storm -> storm.getAsJsonObject().get("subject").getAsString())
        .containsExactly("viking", "kube-scheduler + KWOK");
    assertThat(storms)
        .allSatisfy(
            storm -> {
              assertThat(storm.getAsJsonObject().getAsJsonArray("lost")).isEmpty();
              assertThat(creation(storm).get("pods").getAsInt()).isEqualTo(PODS);
            });
    assertThat(creation(storms.get(1)).getAsJsonArray("processes"))
        .extracting(process -> process.getAsJsonObject().get("name").getAsString())
        .contains("kube-scheduler", "kwok");

    Cluster cluster = SharedViking.cluster();
    assertThat(cluster.core().listNode().execute().getItems())
        .allSatisfy(
            node -> assertThat(node.getMetadata().getName()).doesNotStartWith("viking-bench"));
    assertThat(cluster.core().listNamespace().execute().getItems())
        .allSatisfy(
            namespace ->
                assertThat(namespace.getMetadata().getName()).doesNotStartWith("viking-bench"));
  }

  private static JsonObject creation(JsonElement storm) {
    return storm.getAsJsonObject().getAsJsonObject("creation");
  }
}
