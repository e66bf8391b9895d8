package io.viking.syncer.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.DeleteInstance;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which of many instances without a pod a core deletes by itself after its start. */
class OrphansOfACoreTest {
  private static final PodScope NO_ZONES =
      new PodScope() {
        @Override
        public boolean isZone(String nodeName) {
          return false;
        }

        @Override
        public String hostIp(String nodeName) {
          return "";
        }
      };

  private final PodsCore core =
      new PodsCore(
          NO_ZONES,
          Limits.newBuilder().setInstanceBatchItems(100).build(),
          PodsConfig.DEFAULT,
          PodsObserver.NONE);
  private final List<String> deleted = new ArrayList<>();

  @Test
  void endedInstances_goByThemselves_howeverManyTheyAre() {
    start(instances("ended", 40, InstancePhase.INSTANCE_PHASE_SUCCEEDED));

    assertThat(deleted).hasSize(40);
  }

  @Test
  void livingInstances_areHeld_ifTheyAreMoreThanAFifthOfThoseThatLive() {
    start(
        Stream.concat(
                instances("ended", 100, InstancePhase.INSTANCE_PHASE_FAILED).stream(),
                instances("living", 11, InstancePhase.INSTANCE_PHASE_RUNNING).stream())
            .toList());

    assertThat(deleted).hasSize(100).allMatch(uid -> uid.startsWith("ended"));
  }

  @Test
  void fewLivingInstances_go() {
    start(instances("living", 10, InstancePhase.INSTANCE_PHASE_RUNNING));

    assertThat(deleted).hasSize(10);
  }

  /** Nothing in the API server, these in the cloud; then a minute. */
  private void start(List<Instance> instances) {
    List<PodsEvent> events =
        List.of(new PodsEvent.PodsSynced(), new PodsEvent.InstancesListed(instances));
    MinuteOfACore.run(core, events, this::answer);
  }

  private Stream<PodsEvent> answer(PodsEffect effect) {
    return switch (effect) {
      case PodsEffect.LookUpPod(long call, var pod) ->
          Stream.of(new PodsEvent.LookedUp(call, Optional.empty()));
      case PodsEffect.DeleteInstances(long call, List<DeleteInstance> items) -> {
        items.forEach(item -> deleted.add(item.getUid()));
        yield Stream.of(
            new PodsEvent.DeleteAnswered(
                call,
                items.stream()
                    .<PodsEvent.DeleteOutcome>map(item -> new PodsEvent.DeleteOutcome.Absent())
                    .toList()));
      }
      default -> throw new AssertionError("not asked for here: " + effect);
    };
  }

  private static List<Instance> instances(String prefix, int count, InstancePhase phase) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                Instance.newBuilder()
                    .setUid(prefix + i)
                    .setNamespace("ns")
                    .setName(prefix + i)
                    .setInstanceId("i-" + prefix + i)
                    .setAttempt(1)
                    .setRevision(1)
                    .setPhase(phase)
                    .build())
        .toList();
  }
}
