package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.CreateInstanceResult;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.InstanceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** KEY, ATTEMPTS and RESULTS: a call that was lost, doubled or delayed never buys twice. */
public abstract class InstanceCreationContract extends ContractTopic {
  @Test
  void create_accepted_standsInTheListAtOnce() {
    TestCluster cluster = newCluster();
    InstanceSpec spec = cluster.spec().build();

    CreateInstanceResult result = cluster.create(spec);

    assertThat(result.getCreated()).as("created").isTrue();
    assertThat(result.getInstance().getUid()).isEqualTo(spec.getUid());
    assertThat(result.getInstance().getClusterId()).isEqualTo(cluster.id());
    assertThat(result.getInstance().getAttempt()).isEqualTo(1);
    assertThat(cluster.list())
        .extracting(Instance::getInstanceId)
        .containsExactly(result.getInstance().getInstanceId());
  }

  @Test
  void create_accepted_comesToRun() {
    TestCluster cluster = newCluster();
    TestPod pod = cluster.pod();

    Instance instance = cluster.running(cluster.spec(pod).putTags("team", "blue").build());

    assertThat(instance.getName()).isEqualTo(pod.name());
    assertThat(instance.getNamespace()).isEqualTo(TestPod.NAMESPACE);
    assertThat(instance.getAddressesList()).as("addresses").isNotEmpty();
    assertThat(instance.getInstanceType()).as("instance type").isNotBlank();
    assertThat(instance.hasPrice()).as("price").isTrue();
    assertThat(instance.hasCreateTime()).as("create time").isTrue();
    assertThat(instance.hasStartTime()).as("start time").isTrue();
    assertThat(instance.hasEndTime()).as("end time").isFalse();
    assertThat(instance.getTagsMap()).containsEntry("team", "blue");
    assertThat(instance.getContainersList())
        .extracting(ContainerStatus::getName)
        .containsExactly(TestPod.CONTAINER);
    ContainerStatus container = instance.getContainers(0);
    assertThat(container.hasRunning()).as("the container runs").isTrue();
    assertThat(container.getImage()).isNotBlank();
    assertThat(container.getContainerId()).matches("[a-z0-9.+-]+://.+");
  }

  @Test
  void createAgain_sameAttempt_answersWithTheSameInstance() {
    TestCluster cluster = newCluster();
    InstanceSpec spec = cluster.spec().build();
    Instance first = cluster.created(spec);

    CreateInstanceResult again = cluster.create(spec);

    assertThat(again.getCreated()).as("created").isFalse();
    assertThat(again.getInstance().getInstanceId()).isEqualTo(first.getInstanceId());
    assertThat(cluster.list()).hasSize(1);
  }

  @Test
  void createAgain_lowerAttempt_answersWithTheLiveInstance() {
    TestCluster cluster = newCluster();
    InstanceSpec spec = cluster.spec().setAttempt(3).build();
    Instance third = cluster.created(spec);

    CreateInstanceResult delayed = cluster.create(spec.toBuilder().setAttempt(2).build());

    assertThat(delayed.getCreated()).as("created").isFalse();
    assertThat(delayed.getInstance().getInstanceId()).isEqualTo(third.getInstanceId());
    assertThat(delayed.getInstance().getAttempt()).isEqualTo(3);
  }

  @Test
  void createAgain_higherAttemptWhileOneLives_answersWithTheLiveInstance() {
    TestCluster cluster = newCluster();
    InstanceSpec spec = cluster.spec().build();
    Instance first = cluster.created(spec);

    CreateInstanceResult hasty = cluster.create(spec.toBuilder().setAttempt(2).build());

    assertThat(hasty.getCreated()).as("created").isFalse();
    assertThat(hasty.getInstance().getInstanceId()).isEqualTo(first.getInstanceId());
    assertThat(hasty.getInstance().getAttempt()).isEqualTo(1);
    assertThat(cluster.list()).hasSize(1);
  }

  @Test
  void createAgain_whenTheInstanceHasEnded_isSpent() {
    TestCluster cluster = newCluster();
    InstanceSpec spec = endingSpec(cluster, 0);
    cluster.created(spec);
    cluster.awaitPhase(spec.getUid(), InstancePhase.INSTANCE_PHASE_SUCCEEDED);

    CloudFailure spent = cluster.refused(spec);

    assertThat(spent.reason()).isEqualTo(ErrorReason.ERROR_REASON_ATTEMPT_SPENT);
    assertThat(spent.metadata()).containsEntry("next_attempt", "2");
  }

  @Test
  void createNextAttempt_whenTheInstanceHasEnded_takesItsPlace() {
    TestCluster cluster = newCluster();
    InstanceSpec spec = endingSpec(cluster, 1);
    Instance first = cluster.created(spec);
    cluster.awaitPhase(spec.getUid(), InstancePhase.INSTANCE_PHASE_FAILED);
    InstanceWatch watch = cluster.watch(cluster.revision());

    CreateInstanceResult second = cluster.create(spec.toBuilder().setAttempt(2).build());

    assertThat(second.getCreated()).as("created").isTrue();
    assertThat(second.getInstance().getInstanceId()).isNotEqualTo(first.getInstanceId());
    assertThat(cluster.find(spec.getUid()).orElseThrow().getAttempt()).isEqualTo(2);
    watch.awaitEvent("second attempt", event -> event.getInstance().getAttempt() == 2);
    assertThat(watch.events(spec.getUid()).getFirst().getInstance().getInstanceId())
        .as("the ended instance leaves before the new one comes")
        .isEqualTo(first.getInstanceId());
    assertThat(watch.awaitDeleted(spec.getUid()).getInstance().getAttempt()).isEqualTo(1);
  }

  @Test
  void ended_tellsTheExitCode() {
    TestCluster cluster = newCluster();
    InstanceSpec spec = endingSpec(cluster, 7);
    cluster.created(spec);

    Instance ended = cluster.awaitPhase(spec.getUid(), InstancePhase.INSTANCE_PHASE_FAILED);

    assertThat(ended.hasEndTime()).as("end time").isTrue();
    assertThat(ended.getContainers(0).getTerminated().getExitCode()).isEqualTo(7);
    assertThat(ended.getContainers(0).getTerminated().hasEndTime()).as("its end time").isTrue();
  }

  @Test
  void create_sixteenTimesAtOnce_buysOne() throws Exception {
    TestCluster cluster = newCluster();
    InstanceSpec spec = cluster.spec().build();

    List<CreateInstanceResult> results = atOnce(16, () -> cluster.create(spec));

    assertThat(results)
        .extracting(r -> r.getInstance().getInstanceId())
        .containsOnly(results.getFirst().getInstance().getInstanceId());
    assertThat(results).filteredOn(CreateInstanceResult::getCreated).hasSize(1);
    assertThat(cluster.list()).hasSize(1);
  }

  @Test
  void create_twiceInOneBatch_buysOne() {
    TestCluster cluster = newCluster();
    onlyIf(info().getLimits().getInstanceBatchItems() >= 2, "a batch takes one item only");
    InstanceSpec spec = cluster.spec().build();

    List<CreateInstanceResult> results = cluster.create(List.of(spec, spec));

    assertThat(results).extracting(CreateInstanceResult::getCreated).containsExactly(true, false);
    assertThat(cluster.list()).hasSize(1);
  }

  @Test
  void batch_answersInOrder_andFailsItemByItem() {
    TestCluster cluster = newCluster();
    onlyIf(info().getLimits().getInstanceBatchItems() >= 4, "a batch takes fewer than 4 items");
    InstanceSpec good = cluster.spec().build();
    InstanceSpec malformed =
        cluster.spec().setPodManifest(ByteString.copyFromUtf8("{\"kind\":")).build();
    InstanceSpec alsoGood = cluster.spec().build();
    InstanceSpec nowhere = cluster.spec().clearZones().build();

    List<CreateInstanceResult> results =
        cluster.create(List.of(good, malformed, alsoGood, nowhere));

    assertThat(results)
        .extracting(CreateInstanceResult::getUid)
        .containsExactly(good.getUid(), malformed.getUid(), alsoGood.getUid(), nowhere.getUid());
    assertThat(results)
        .extracting(CreateInstanceResult::hasInstance)
        .containsExactly(true, false, true, false);
    assertThat(cluster.list())
        .extracting(Instance::getUid)
        .containsExactlyInAnyOrder(good.getUid(), alsoGood.getUid());
  }

  @Test
  void batch_beyondTheLimit_failsAsAWhole() {
    TestCluster cluster = newCluster();
    int limit = Math.max(1, info().getLimits().getInstanceBatchItems());
    List<InstanceSpec> tooMany =
        IntStream.rangeClosed(0, limit).mapToObj(i -> cluster.spec().build()).toList();
    onlyIf(
        tooMany.stream().mapToLong(InstanceSpec::getSerializedSize).sum() < 4_000_000,
        "a batch of one more than the limit is beyond a message");

    Throwable thrown = catchThrowable(() -> cluster.create(tooMany));

    assertThat(thrown).as("failure of a batch of %d", limit + 1).isNotNull();
    assertThat(CloudFailures.from(thrown).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
    assertThat(cluster.list()).isEmpty();
  }

  private InstanceSpec endingSpec(TestCluster cluster, int exitCode) {
    TestPod pod =
        needs(
            adapter().endingByItself(cluster.pod().withRestartPolicy("Never"), exitCode),
            "make a container end by itself");
    return cluster.spec(pod).build();
  }

  private <T> List<T> atOnce(int threads, Callable<T> call) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<T>> futures = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < threads; i++) {
        futures.add(
            executor.submit(
                () -> {
                  start.await();
                  return call.call();
                }));
      }
      start.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }
}
