package io.viking.syncer.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.viking.cloud.v1.Capabilities;
import io.viking.cloud.v1.ContainerUsage;
import io.viking.cloud.v1.GetUsageRequest;
import io.viking.cloud.v1.GetUsageResponse;
import io.viking.cloud.v1.InstanceUsage;
import io.viking.syncer.kubelet.streams.StreamLimits;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of CPU and memory, per zone node. */
class UsageTest {
  private static final int GRPC_BOUND = 4 << 20;

  private final Queue<GetUsageRequest> requests = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> answerBytes = new ConcurrentLinkedQueue<>();
  private KubeletFixture kubelet;

  @BeforeEach
  void start() throws Exception {
    kubelet = new KubeletFixture();
    kubelet.pods.put(KubeletFixture.pod("other", "zone-b"));
    kubelet.cloud.usage =
        (request, observer) -> {
          requests.add(request);
          var answer =
              GetUsageResponse.newBuilder().setTime(Timestamp.newBuilder().setSeconds(1_000));
          for (String uid : request.getUidsList()) {
            answer.addInstances(
                InstanceUsage.newBuilder()
                    .setUid(uid)
                    .addContainers(
                        ContainerUsage.newBuilder()
                            .setName("app")
                            .setStartTime(Timestamp.newBuilder().setSeconds(900))
                            .setCpuNanoseconds(50_000_000_000L)
                            .setMemoryWorkingSetBytes(1 << 20)));
          }
          answerBytes.add(answer.build().getSerializedSize());
          observer.onNext(answer.build());
          observer.onCompleted();
        };
  }

  @AfterEach
  void stop() throws Exception {
    kubelet.close();
  }

  @Test
  void metrics_ofANode_areThoseOfItsPodsAlone() throws Exception {
    String text = kubelet.get("/metrics/resource/zone-a").body();

    assertThat(text)
        .contains(
            "container_cpu_usage_seconds_total{container=\"app\",namespace=\"shop\",pod=\"web\"}"
                + " 50 1000000\n")
        .contains("\nnode_memory_working_set_bytes 1048576 1000000\n")
        .doesNotContain("pod=\"other\"")
        .doesNotContain("elsewhere");
    assertThat(requests).hasSize(1);
    assertThat(requests.peek().getUidsList()).containsExactly("uid-web");
  }

  @Test
  void metrics_withoutANode_areThoseOfAllZones() throws Exception {
    assertThat(kubelet.get("/metrics/resource").body())
        .contains("pod=\"web\"")
        .contains("pod=\"other\"")
        .contains("\nnode_cpu_usage_seconds_total 100 1000000\n");
  }

  @Test
  void metrics_ofAForeignNode_is404() throws Exception {
    var response = kubelet.get("/metrics/resource/machine-1");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("node \"machine-1\" is not served here\n");
  }

  @Test
  void metrics_cloudDoesNotAnswer_isAScrapeError() throws Exception {
    kubelet.cloud.usage = (request, observer) -> observer.onError(Status.UNAVAILABLE.asException());

    assertThat(kubelet.get("/metrics/resource/zone-a").body())
        .contains("\nresource_scrape_error 1\n")
        .doesNotContain("pod=\"web\"");
  }

  @Test
  void usage_poolThatTellsNone_is501() throws Exception {
    try (var poor =
        new KubeletFixture(
            Capabilities.getDefaultInstance(), ConnectionLimits.DEFAULT, StreamLimits.DEFAULT)) {
      assertThat(poor.get("/metrics/resource/zone-a").statusCode()).isEqualTo(501);
      assertThat(poor.get("/stats/summary").body())
          .isEqualTo("this pool does not tell what its instances use\n");
    }
  }

  @Test
  void metrics_manyPods_areAskedForInBatchesWithinGrpcsBound() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      kubelet.pods.put(KubeletFixture.pod("p" + i, "zone-c"));
    }

    String text = kubelet.get("/metrics/resource/zone-c").body();

    assertThat(text.lines().filter(line -> line.startsWith("pod_memory_working_set_bytes{")))
        .hasSize(2_000);
    Set<String> asked = new HashSet<>();
    requests.forEach(request -> asked.addAll(request.getUidsList()));
    assertThat(asked).hasSize(2_000);
    assertThat(requests).hasSizeGreaterThan(1);
    // 60 containers in each would still be within it.
    assertThat(answerBytes).allSatisfy(bytes -> assertThat(bytes * 60).isLessThan(GRPC_BOUND));
  }

  @Test
  void summary_ofANode_isTheStatsApi() throws Exception {
    JsonObject summary =
        JsonParser.parseString(kubelet.get("/stats/summary/zone-a").body()).getAsJsonObject();

    assertThat(summary.getAsJsonObject("node").get("nodeName").getAsString()).isEqualTo("zone-a");
    JsonObject pod = summary.getAsJsonArray("pods").get(0).getAsJsonObject();
    assertThat(pod.getAsJsonObject("podRef"))
        .isEqualTo(
            JsonParser.parseString(
                "{\"name\":\"web\",\"namespace\":\"shop\",\"uid\":\"uid-web\"}"));
    assertThat(pod.getAsJsonArray("containers").get(0).getAsJsonObject())
        .isEqualTo(
            JsonParser.parseString(
                """
                {"name":"app","startTime":"1970-01-01T00:15:00Z",
                 "cpu":{"time":"1970-01-01T00:16:40Z","usageNanoCores":500000000,
                        "usageCoreNanoSeconds":50000000000},
                 "memory":{"time":"1970-01-01T00:16:40Z","usageBytes":1048576,
                           "workingSetBytes":1048576}}
                """));
  }

  @Test
  void runningPods_leaveOutWhatDoesNotRun() throws Exception {
    var waiting = KubeletFixture.pod("idle", "zone-a");
    waiting.getStatus().setPhase("Pending");
    kubelet.pods.put(waiting);

    assertThat(kubelet.get("/runningpods/").body()).contains("\"web\"").doesNotContain("\"idle\"");
  }

  @Test
  void configz_tellsTheIdleTimeout() throws Exception {
    assertThat(kubelet.get("/configz").body())
        .contains("\"streamingConnectionIdleTimeout\":\"14400s\"");
  }
}
