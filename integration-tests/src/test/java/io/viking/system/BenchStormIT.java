package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.ApiException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import io.viking.kube.pause.PauseHold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code viking bench storm} on a real API server, small. */
class BenchStormIT {
  /**
   * What the cluster did by itself before the run is subtracted, by its rate: the tail of an
   * earlier test's deletions took 0.015 of a call from each pod. A call more or less for each pod
   * is 1.
   */
  private static final Offset<Double> NEARLY = within(0.05);

  private static final String MADE_BY_A_RUN = "bench.viking.io/run";

  /** It waits for quiet between its stretches, and for its namespaces to be gone at the end. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Cluster cluster = SharedViking.cluster();

  @TempDir private Path files;

  @Test
  void barePods_withAndWithoutToken_areMeasuredNextToAFloor_andNothingIsLeft() throws Exception {
    Path chart = files.resolve("chart.svg");

    JsonObject report = storm("--pods", "30", "--mode", "bare", "--chart", chart.toString());

    assertThat(report.getAsJsonArray("rounds")).hasSize(2);
    for (JsonElement element : report.getAsJsonArray("rounds")) {
      JsonObject round = element.getAsJsonObject();
      JsonObject storm = round.getAsJsonArray("storms").get(0).getAsJsonObject();
      assertThat(storm.get("podsPerSecond").getAsDouble()).isPositive();
      assertThat(storm.get("deletedPerSecond").getAsDouble()).isPositive();
      assertThat(storm.getAsJsonArray("lost")).isEmpty();
      assertThat(storm.has("cloudEmptyAfterSeconds")).isTrue();
      assertThat(calls(storm, "creation")).containsEntry("PATCH pods/status", 1.0);
      assertThat(round.getAsJsonObject("floor").get("loopsPaused").getAsBoolean()).isTrue();
      checkFloor(round);
    }
    assertThat(Files.readString(chart))
        .startsWith("<svg ")
        .contains("30 pods created by the client");
    assertNothingIsLeft();
  }

  @Test
  void podsOfADeployment_areMeasured_andNothingIsLeft() throws Exception {
    JsonObject report = storm("--pods", "30", "--mode", "deployment", "--token", "without");

    JsonObject round = report.getAsJsonArray("rounds").get(0).getAsJsonObject();
    JsonObject storm = round.getAsJsonArray("storms").get(0).getAsJsonObject();
    assertThat(storm.get("mode").getAsString()).isEqualTo("deployment");
    assertThat(storm.getAsJsonObject("creation").get("pods").getAsInt()).isEqualTo(30);
    assertThat(processes(storm)).contains("viking", "etcd", "kube-apiserver", "bench");
    assertNothingIsLeft();
  }

  @Test
  void podsOfAJob_areSeenRunning_andGoWithIt() throws Exception {
    JsonObject report = storm("--pods", "20", "--mode", "job", "--token", "without");

    JsonObject round = report.getAsJsonArray("rounds").get(0).getAsJsonObject();
    JsonObject storm = round.getAsJsonArray("storms").get(0).getAsJsonObject();
    assertThat(storm.getAsJsonObject("deletion").get("pods").getAsInt()).isEqualTo(20);
    assertNothingIsLeft();
  }

  @Test
  void runThatWasKilled_isCleanedUpByTheNext() throws Exception {
    Process killed =
        VikingProcess.start(
            files.resolve("killed.log"), arguments("--pods", "200", "--token", "without"));
    Await.until("pods of the storm", () -> !namespaces().isEmpty() && anyPods());
    killed.destroyForcibly().waitFor();

    String next = run("--pods", "5", "--mode", "bare", "--token", "without", "--warm-up", "0");

    assertThat(next).contains("removed what an earlier run left behind: namespace ");
    assertNothingIsLeft();
  }

  @Test
  void runThatIsEnded_removesWhatItMade() throws Exception {
    Path log = files.resolve("ended.log");
    Process ended = VikingProcess.start(log, arguments("--pods", "200", "--token", "without"));
    Await.until("pods of the storm", () -> !namespaces().isEmpty() && anyPods());

    ended.destroy();

    assertThat(ended.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(ended.exitValue()).as(Files.readString(log)).isEqualTo(130);
    assertNothingIsLeft();
  }

  @Test
  void stormThatStandsStill_saysWhereThePodsAre_andLeavesNothing() throws Exception {
    Path kubeconfig = SharedViking.process().dataDirectory().resolve("admin.kubeconfig");
    Path log = files.resolve("still.log");
    try (KubeClients clients =
            KubeClients.of(kubeconfig, KubeClientConfig.DEFAULT, new SimpleMeterRegistry());
        PauseHold hold = PauseHold.acquire(clients.api(), "BenchStormIT", Clock.systemUTC())) {
      assertThat(hold.awaitPaused(Set.of("scheduler", "syncer"), PATIENCE)).isEmpty();
      Process still =
          VikingProcess.start(
              log,
              arguments("--pods", "5", "--mode", "bare", "--warm-up", "0", "--stall-after", "3"));

      assertThat(still.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(still.exitValue()).isEqualTo(1);
    }
    assertThat(Files.readString(log))
        .contains(
            "the storm of viking stands still, nothing has changed for 3 s: 0 of 5 pods are Running; 0 were not created, 5 have no node");
    assertNothingIsLeft();
  }

  /** What the floor does for a pod, and nothing else, counted by the API server. */
  private static void checkFloor(JsonObject round) {
    JsonObject run = round.getAsJsonObject("floor").getAsJsonArray("runs").get(0).getAsJsonObject();
    var expected =
        new TreeMap<>(Map.of("POST pods", 1.0, "POST pods/binding", 1.0, "PATCH pods/status", 1.0));
    if (round.get("token").getAsBoolean()) {
      expected.put("POST serviceaccounts/token", 1.0);
    }
    Map<String, Double> calls = calls(run, "creation");
    expected.forEach(
        (call, perPod) -> assertThat(calls.get(call)).as(call).isCloseTo(perPod, NEARLY));
    assertThat(calls.keySet().stream().filter(call -> call.contains(" pods")))
        .allMatch(expected::containsKey);
    assertThat(calls(run, "deletion").get("DELETE pods")).isCloseTo(2.0, NEARLY);
  }

  private JsonObject storm(String... flags) throws IOException, InterruptedException {
    Path json = files.resolve("report.json");
    var arguments = new ArrayList<>(List.of(flags));
    arguments.addAll(List.of("--warm-up", "0", "--widths", "8", "--json", json.toString()));
    run(arguments.toArray(String[]::new));
    return JsonParser.parseString(Files.readString(json)).getAsJsonObject();
  }

  /** Runs it to its good end, and answers what it printed. */
  private String run(String... flags) throws IOException, InterruptedException {
    Path log = files.resolve("run.log");
    Process process = VikingProcess.start(log, arguments(flags));
    boolean over = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    process.destroyForcibly();
    String output = Files.readString(log);
    assertThat(over).as("the benchmark ends; it said:%n%s", output).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private static List<String> arguments(String... flags) {
    var arguments =
        new ArrayList<>(
            List.of(
                "bench", "storm", "--data-dir", SharedViking.process().dataDirectory().toString()));
    arguments.addAll(List.of(flags));
    return arguments;
  }

  private static Map<String, Double> calls(JsonObject parent, String passage) {
    Map<String, Double> calls = new TreeMap<>();
    for (JsonElement element : parent.getAsJsonObject(passage).getAsJsonArray("apiCallsPerPod")) {
      JsonObject call = element.getAsJsonObject();
      calls.put(
          call.get("verb").getAsString() + " " + call.get("resource").getAsString(),
          call.get("perPod").getAsDouble());
    }
    return calls;
  }

  private static List<String> processes(JsonObject storm) {
    return storm.getAsJsonObject("creation").getAsJsonArray("processes").asList().stream()
        .map(process -> process.getAsJsonObject().get("name").getAsString())
        .toList();
  }

  private void assertNothingIsLeft() throws ApiException, IOException {
    assertThat(namespaces()).isEmpty();
    assertThat(cluster.core().listNode().labelSelector(MADE_BY_A_RUN).execute().getItems())
        .isEmpty();
    assertThat(cluster.instances())
        .noneMatch(instance -> instance.getNamespace().startsWith("viking-bench-"));
    for (String namespace : List.of("kube-system", "kube-node-lease")) {
      assertThat(cluster.leases(namespace)).noneMatch(name -> name.startsWith("viking-bench"));
    }
    assertThat(cluster.leases("kube-system")).doesNotContain("viking-pause");
  }

  private List<String> namespaces() throws ApiException {
    return cluster.core().listNamespace().labelSelector(MADE_BY_A_RUN).execute().getItems().stream()
        .map(namespace -> namespace.getMetadata().getName())
        .toList();
  }

  private boolean anyPods() throws ApiException {
    for (String namespace : namespaces()) {
      if (!cluster.pods(namespace).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
