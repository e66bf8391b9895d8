package io.viking.adapter.sim;

import static io.viking.adapter.sim.TestPod.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.viking.adapter.sim.core.SnapshotException;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.CatalogServiceGrpc;
import io.viking.cloud.v1.CreateInstanceResult;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.GetAccountRequest;
import io.viking.cloud.v1.GetAccountResponse;
import io.viking.cloud.v1.GetUsageRequest;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceBlockingStub;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ReadLogsRequest;
import io.viking.cloud.v1.ReadLogsResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimAdapterTest {
  private static final String CLUSTER = "cluster-a";

  @TempDir Path state;

  @Test
  void sameDirectoryTwice_isRefused() throws IOException {
    try (ServedSim ignored = served("base: instant")) {
      assertThatThrownBy(() -> new ServedSim(Profiles.instant(), state))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another simulated cloud runs on");
    }
  }

  @Test
  void jobThatEndedWhileNobodyRan_endedAtItsTime() throws Exception {
    Instance started;
    try (ServedSim sim = served("base: instant")) {
      create(sim, pod("a").restart("Never").sim("run-seconds", "1"));
      started = get(sim, "a");
    }
    await().atMost(Duration.ofSeconds(5)).until(() -> millisSince(started) > 1500);
    try (ServedSim sim = served("base: instant")) {
      Instance ended = get(sim, "a");
      assertThat(ended.getPhase()).isEqualTo(InstancePhase.INSTANCE_PHASE_SUCCEEDED);
      assertThat(ended.getEndTime().getSeconds() - started.getStartTime().getSeconds())
          .isEqualTo(1);
      assertThat(ended.getEndTime().getNanos()).isEqualTo(started.getStartTime().getNanos());
    }
  }

  @Test
  void clockSetBackWhileNobodyRan_theCloudsTimeGoesOnFromWhereItWas() throws IOException {
    try (ServedSim sim = served("base: instant")) {
      create(sim, pod("a"));
    }
    InstantSource anHourBehind = InstantSource.offset(InstantSource.system(), Duration.ofHours(-1));
    try (ServedSim sim =
        new ServedSim(Profiles.parse("test", "base: instant"), state, anHourBehind)) {
      create(sim, pod("b").restart("Never").sim("run-seconds", "0.1"));

      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> get(sim, "b").getPhase() == InstancePhase.INSTANCE_PHASE_SUCCEEDED);
      assertThat(get(sim, "b").getCreateTime().getSeconds())
          .isGreaterThanOrEqualTo(get(sim, "a").getCreateTime().getSeconds());
    }
  }

  @Test
  void otherProfile_goesOnWithWhatRuns() throws IOException {
    try (ServedSim sim = served("base: instant")) {
      create(sim, pod("a"));
    }
    try (ServedSim sim = served("base: eci")) {
      assertThat(get(sim, "a").getPhase()).isEqualTo(InstancePhase.INSTANCE_PHASE_RUNNING);
      create(sim, pod("b"));
      assertThat(get(sim, "b").getPhase()).isEqualTo(InstancePhase.INSTANCE_PHASE_PENDING);
    }
  }

  @Test
  void profileWithoutTheZoneOfAnInstance_isRefused() throws IOException {
    try (ServedSim sim = served("base: instant")) {
      create(sim, pod("a"));
    }
    String other =
        """
        zones:
          - id: elsewhere
            available: true
            vcpu: 1
            memoryGiB: 1
            gpus: 0
            vswitches: [{id: v, cidr: 10.9.0.0/24}]
            stock: {default: -1, types: {}}
        """;
    assertThatThrownBy(() -> served(other))
        .isInstanceOf(SnapshotException.class)
        .hasMessageContaining("runs in zone cn-hangzhou-h");
    served("base: instant").close();
  }

  @Test
  void lostAnswer_hasHappened_andTheRepetitionFindsIt() throws IOException {
    String faults =
        "faults: [{operation: create, kind: lostAnswer, probability: 1, untilSeconds: 2}]";
    try (ServedSim sim = served(faults)) {
      Throwable lost = catchThrowable(() -> create(sim, pod("a")));
      assertThat(CloudFailures.from(lost).reason()).isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
      assertThat(get(sim, "a").getAttempt()).isEqualTo(1);
      await()
          .atMost(Duration.ofSeconds(5))
          .ignoreExceptions()
          .until(() -> !create(sim, pod("a")).getCreated());
    }
  }

  @Test
  void faultOfStock_namesTheZones() throws IOException {
    try (ServedSim sim =
        served("faults: [{operation: create, kind: outOfStock, probability: 1}]")) {
      CreateInstanceResult refused =
          calls(sim)
              .createInstances(
                  CreateInstancesRequest.newBuilder()
                      .setClusterId(CLUSTER)
                      .addInstances(pod("a").zone("cn-hangzhou-h").zone("cn-hangzhou-i").spec())
                      .build())
              .getResults(0);

      assertThat(refused.getFailure().getReason()).isEqualTo(ErrorReason.ERROR_REASON_OUT_OF_STOCK);
      assertThat(refused.getFailure().getMessage())
          .isEqualTo("1-2Gi out of stock in cn-hangzhou-h, cn-hangzhou-i");
      assertThat(refused.getFailure().getMetadataMap())
          .containsEntry("zones", "cn-hangzhou-h,cn-hangzhou-i");
    }
  }

  @Test
  void unavailable_hasNotHappened() throws IOException {
    try (ServedSim sim =
        served("faults: [{operation: create, kind: unavailable, probability: 1}]")) {
      Throwable failed = catchThrowable(() -> create(sim, pod("a")));
      assertThat(CloudFailures.from(failed).reason())
          .isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
      assertThat(list(sim)).isEmpty();
    }
  }

  @Test
  void listRate_isThrottled_withAWait_andCounted() throws IOException {
    try (ServedSim sim = served("rates: {list: {burst: 2, perMinute: 1}}")) {
      assertThat(list(sim)).isEmpty();
      assertThat(list(sim)).isEmpty();
      var throttled = CloudFailures.from(catchThrowable(() -> list(sim)));
      assertThat(throttled.reason()).isEqualTo(ErrorReason.ERROR_REASON_THROTTLED);
      assertThat(throttled.retryAfter()).isPresent();
      assertThat(account(sim).getCallsMap().get("ListInstances"))
          .satisfies(
              calls -> {
                assertThat(calls.getReceived()).isEqualTo(3);
                assertThat(calls.getThrottled()).isEqualTo(1);
              });
    }
  }

  @Test
  void followedLog_ofADeletedPod_endsWithItsLastLine() throws IOException {
    try (ServedSim sim = served("base: instant")) {
      create(sim, pod("a").restart("Never").sim("run-seconds", "1"));
      StringBuilder log = new StringBuilder();
      calls(sim)
          .readLogs(logs("a").setFollow(true).build())
          .forEachRemaining((ReadLogsResponse r) -> log.append(r.getData().toStringUtf8()));
      assertThat(log.toString().lines())
          .hasSize(2)
          .first()
          .asString()
          .startsWith("simulated container main of pod shop/web-a, image nginx, started in");
      assertThat(log).contains("simulated container main ended with exit code 0");
    }
  }

  @Test
  void previousLog_isThatOfTheStartBefore() throws IOException {
    try (ServedSim sim = served("base: instant")) {
      create(sim, pod("a").sim("run-seconds", "0").sim("exit-code", "1"));
      assertThat(text(sim, logs("a").setPrevious(true)))
          .contains("simulated container main ended with exit code 1");
      create(sim, pod("b"));
      assertThat(
              CloudFailures.from(catchThrowable(() -> text(sim, logs("b").setPrevious(true))))
                  .reason())
          .isEqualTo(ErrorReason.ERROR_REASON_NOT_FOUND);
      create(sim, pod("c").image("does-not-exist"));
      assertThat(CloudFailures.from(catchThrowable(() -> text(sim, logs("c")))).reason())
          .isEqualTo(ErrorReason.ERROR_REASON_BUSY);
    }
  }

  @Test
  void account_countsWhatRuns_andUsageIsThere() throws IOException {
    try (ServedSim sim = served("base: instant")) {
      create(sim, pod("a"));
      GetAccountResponse account = account(sim);
      assertThat(account.getLiveInstances()).isEqualTo(1);
      assertThat(account.getSpendingNanosPerSecond()).isEqualTo(49_000 + 2 * 6_130);
      assertThat(account.getCurrency()).isEqualTo("CNY");
      assertThat(
              calls(sim)
                  .getUsage(GetUsageRequest.newBuilder().setClusterId(CLUSTER).build())
                  .getInstancesList())
          .hasSize(1);
    }
  }

  @Test
  void inMemory_leavesNothingBehind() throws IOException {
    SimAdapter adapter =
        SimAdapter.open(
            SimOptions.inMemory(
                Profiles.instant(),
                1,
                new io.micrometer.core.instrument.simple.SimpleMeterRegistry()));
    assertThat(adapter.operator().setZoneAvailable("cn-hangzhou-h", false)).isTrue();
    adapter.close();
    adapter.close();
    assertThat(
            CloudFailures.from(catchThrowable(() -> adapter.operator().setStock("z", "", 1)))
                .reason())
        .isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
  }

  private ServedSim served(String yaml) throws IOException {
    SimProfile profile = Profiles.parse("test", yaml);
    return new ServedSim(profile, state);
  }

  private static InstanceServiceBlockingStub calls(ServedSim sim) {
    return InstanceServiceGrpc.newBlockingStub(sim.channel())
        .withDeadlineAfter(Duration.ofSeconds(20));
  }

  private static CreateInstanceResult create(ServedSim sim, TestPod pod) {
    CreateInstanceResult result =
        calls(sim)
            .createInstances(
                CreateInstancesRequest.newBuilder()
                    .setClusterId(CLUSTER)
                    .addInstances(pod.spec())
                    .build())
            .getResults(0);
    assertThat(result.hasInstance()).as(result.getFailure().getMessage()).isTrue();
    return result;
  }

  private static List<Instance> list(ServedSim sim) {
    return calls(sim)
        .listInstances(ListInstancesRequest.newBuilder().setClusterId(CLUSTER).build())
        .getInstancesList();
  }

  private static Instance get(ServedSim sim, String uid) {
    return calls(sim)
        .listInstances(ListInstancesRequest.newBuilder().setClusterId(CLUSTER).addUids(uid).build())
        .getInstances(0);
  }

  private static GetAccountResponse account(ServedSim sim) {
    return CatalogServiceGrpc.newBlockingStub(sim.channel())
        .getAccount(GetAccountRequest.newBuilder().setClusterId(CLUSTER).build());
  }

  private static ReadLogsRequest.Builder logs(String uid) {
    return ReadLogsRequest.newBuilder().setClusterId(CLUSTER).setUid(uid).setContainer("main");
  }

  private static String text(ServedSim sim, ReadLogsRequest.Builder request) {
    StringBuilder text = new StringBuilder();
    calls(sim)
        .readLogs(request.build())
        .forEachRemaining(r -> text.append(r.getData().toStringUtf8()));
    return text.toString();
  }

  private static long millisSince(Instance instance) {
    return System.currentTimeMillis()
        - instance.getStartTime().getSeconds() * 1000
        - instance.getStartTime().getNanos() / 1_000_000;
  }
}
