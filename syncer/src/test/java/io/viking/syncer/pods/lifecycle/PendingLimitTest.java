package io.viking.syncer.pods.lifecycle;

import static io.viking.syncer.pods.lifecycle.Lives.START;
import static io.viking.syncer.pods.lifecycle.Lives.pending;
import static io.viking.syncer.pods.lifecycle.Lives.phase;
import static io.viking.syncer.pods.lifecycle.Lives.pod;
import static io.viking.syncer.pods.lifecycle.Lives.refused;
import static io.viking.syncer.pods.lifecycle.Lives.resolved;
import static io.viking.syncer.pods.lifecycle.Lives.run;
import static io.viking.syncer.pods.lifecycle.Lives.seen;
import static io.viking.syncer.pods.lifecycle.Lives.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.viking.cloud.v1.ErrorReason;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A pod with eci-max-pending-minute 10 that was bound at {@link Lives#START}. */
class PendingLimitTest {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private static V1Pod limited() {
    V1Pod limited = version(pod(), "8");
    limited.getMetadata().setAnnotations(Map.of("k8s.aliyun.com/eci-max-pending-minute", "10"));
    limited
        .getStatus()
        .addConditionsItem(
            new V1PodCondition()
                .type("PodScheduled")
                .status("True")
                .lastTransitionTime(START.atOffset(ZoneOffset.UTC)));
    return limited;
  }

  @Test
  void podThatWaitsForStock_failsAtTheLimit() {
    Lives waiting =
        Lives.bound()
            .hears(seen(limited()))
            .hears(resolved())
            .hears(new PodInput.Started(Work.CREATE))
            .hears(refused(ErrorReason.ERROR_REASON_OUT_OF_STOCK));
    waiting.after(LIMIT.minusSeconds(1));
    assertThat(waiting.state()).isNotInstanceOf(PodState.Ending.class);

    waiting.after(Duration.ofSeconds(1));
    assertThat(waiting.patch())
        .contains("\"phase\":\"Failed\"", "\"reason\":\"PendingTooLong\"", "10 minutes");
    assertThat(waiting.tells)
        .anySatisfy(tell -> assertThat(tell.reason()).isEqualTo("PendingTooLong"));
  }

  @Test
  void podWhoseInstanceDoesNotStart_losesIt_andFails() {
    Lives starting = Lives.created().hears(seen(limited()));
    starting.hears(new PodInput.InstanceSeen(pending(1)));
    assertThat(starting.machine().wakeAt(starting.moment())).isPresent();

    starting.after(LIMIT);
    assertThat(starting.wants()).containsExactly(Work.DELETE);

    starting.hears(new PodInput.Started(Work.DELETE)).hears(new PodInput.DeleteAccepted());
    starting.hears(new PodInput.InstanceRemoved(pending(1)));
    assertThat(starting.patch()).contains("\"phase\":\"Failed\"", "PendingTooLong");
  }

  @Test
  void podThatRuns_isNotBounded() {
    Lives running = Lives.created().hears(seen(limited()));
    running.hears(new PodInput.InstanceSeen(run(1))).after(LIMIT);
    assertThat(running.state()).isInstanceOf(PodState.Running.class);

    running.hears(seen(version(phase(limited(), "Running"), "9")));
    assertThat(running.machine().wakeAt(running.moment())).isEmpty();
  }

  @Test
  void podWithoutTheAnnotation_waitsForEver() {
    Lives patient = Lives.bound().hears(seen(pod())).after(Duration.ofDays(2));
    assertThat(patient.state()).isInstanceOf(PodState.Resolving.class);
  }
}
