package io.viking.syncer.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.Limits;
import io.viking.syncer.pods.lifecycle.ApiAnswer;
import io.viking.syncer.pods.manifest.Resolution;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is measured of an instance on its way to Running. */
class StartedInstancesOfACoreTest {
  private static final PodScope ALL_ZONES =
      new PodScope() {
        @Override
        public boolean isZone(String nodeName) {
          return true;
        }

        @Override
        public String hostIp(String nodeName) {
          return "127.0.0.1";
        }
      };

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final PodsCore core =
      new PodsCore(
          ALL_ZONES,
          Limits.newBuilder().setInstanceBatchItems(100).build(),
          PodsConfig.DEFAULT,
          new PodsMetrics(meters));
  private int refusals;

  @Test
  void instanceThatNothingHeldUp_isCountedAsSuch() {
    start(0);

    assertThat(durations("none").count()).isEqualTo(1);
  }

  @Test
  void instanceThatWasRefused_isCountedByTheReason() {
    start(1);

    assertThat(durations("out_of_stock").count()).isEqualTo(1);
    assertThat(durations("none").count()).isZero();
  }

  private Timer durations(String reason) {
    return meters
        .get("viking_syncer_instance_create_duration_seconds")
        .tag("reason", reason)
        .timer();
  }

  /** A pod whose create is refused so many times; a minute of its life. */
  private void start(int refused) {
    refusals = refused;
    V1Pod pod =
        new V1Pod()
            .metadata(
                new V1ObjectMeta().name("web").namespace("shop").uid("u").resourceVersion("1"))
            .spec(
                new V1PodSpec()
                    .nodeName("zone-a")
                    .containers(List.of(new V1Container().name("main").image("nginx"))));
    List<PodsEvent> events =
        List.of(
            new PodsEvent.PodSeen(pod),
            new PodsEvent.PodsSynced(),
            new PodsEvent.InstancesListed(List.of()));
    MinuteOfACore.run(core, events, this::answer);
  }

  private Stream<PodsEvent> answer(PodsEffect effect) {
    return switch (effect) {
      case PodsEffect.Resolve(long call, V1Pod pod) ->
          Stream.of(
              new PodsEvent.Resolved(
                  call,
                  new Resolution.Resolved(
                      InstanceSpec.newBuilder().setUid("u").build(), List.of())));
      case PodsEffect.CreateInstances(long call, List<InstanceSpec> specs) -> {
        if (refusals-- > 0) {
          yield Stream.of(
              new PodsEvent.CreateAnswered(
                  call,
                  List.of(
                      new PodsEvent.CreateOutcome.Refused(
                          CloudFailure.of(
                              ErrorReason.ERROR_REASON_OUT_OF_STOCK, "nothing left")))));
        }
        Instance running =
            Instance.newBuilder()
                .setUid("u")
                .setAttempt(specs.getFirst().getAttempt())
                .setRevision(2)
                .setPhase(InstancePhase.INSTANCE_PHASE_RUNNING)
                .build();
        yield Stream.of(
            new PodsEvent.CreateAnswered(
                call,
                List.of(
                    new PodsEvent.CreateOutcome.Accepted(
                        running.toBuilder()
                            .setRevision(1)
                            .setPhase(InstancePhase.INSTANCE_PHASE_PENDING)
                            .build(),
                        true))),
            new PodsEvent.InstanceChanged(running));
      }
      case PodsEffect.PatchStatus(long call, var pod, String json) ->
          Stream.of(new PodsEvent.StatusAnswered(call, new ApiAnswer.Done()));
      case PodsEffect.TellUser ignored -> Stream.empty();
      default -> throw new AssertionError("not asked for here: " + effect);
    };
  }
}
