package io.viking.syncer.pods.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.Instance;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose cache shows what, after a write: nothing is written twice, nothing is left unsaid. */
class StatusWriteTest {
  private static final Duration LATE = Duration.ofSeconds(50);
  private static final Duration LONG = Duration.ofMinutes(3);

  @Test
  void accepted_whileTheCacheShowsTheStateBefore_isNotWrittenAgain() {
    Lives pod = written(new ApiAnswer.Done());
    assertThat(pod.wants()).isEmpty();
    assertThat(pod.after(LATE).wants()).isEmpty();
    assertThat(pod.hears(Lives.seen(Lives.pod())).wants()).isEmpty();
  }

  @Test
  void accepted_withoutAnEffect_isNotBelievedForEver() {
    assertThat(written(new ApiAnswer.Done()).after(LONG).wants()).containsExactly(Work.STATUS);
  }

  @Test
  void accepted_newsOfTheInstance_waitForTheCache_sinceTheirWriteWouldBeRefused() {
    Lives pod = written(new ApiAnswer.Done()).hears(new PodInput.InstanceSeen(restarted()));
    assertThat(pod.wants()).isEmpty();
    assertThat(pod.hears(Lives.seen(version("8"))).wants()).containsExactly(Work.STATUS);
    assertThat(pod.patch()).contains("\"resourceVersion\":\"8\"");
  }

  @Test
  void accepted_theEndOfTheInstance_waitsForTheCache_too() {
    Lives pod =
        written(new ApiAnswer.Done())
            .hears(new PodInput.InstanceSeen(Lives.ended(1, 1, Lives.START)));
    assertThat(pod.wants()).isEmpty();
    assertThat(pod.hears(Lives.seen(version("8"))).wants()).contains(Work.STATUS);
  }

  @Test
  void accepted_somebodyTookItBack_isPutRight_butNotAtOnce() {
    Lives pod = written(new ApiAnswer.Done()).hears(Lives.seen(version("9")));
    assertThat(pod.wants()).isEmpty();
    assertThat(pod.after(PodTimings.DEFAULT.echo()).wants()).containsExactly(Work.STATUS);
  }

  @Test
  void outdated_isWrittenAgain_asSoonAsTheCacheShowsAnotherState() {
    Lives pod = written(new ApiAnswer.Stale());
    assertThat(pod.wants()).isEmpty();
    assertThat(pod.hears(Lives.seen(version("8"))).wants()).containsExactly(Work.STATUS);
  }

  @Test
  void outdated_theCacheNeverShowsAnother_isTriedAgainAllTheSame() {
    Lives pod = written(new ApiAnswer.Stale());
    assertThat(pod.after(LONG).wants()).containsExactly(Work.STATUS);
  }

  @Test
  void failed_isWrittenAgain_afterAPause() {
    Lives pod = written(new ApiAnswer.Failed(Optional.empty()));
    assertThat(pod.wants()).isEmpty();
    assertThat(pod.after(LONG).wants()).containsExactly(Work.STATUS);
  }

  /** A pod whose Running was written from version 7, and answered so. */
  private static Lives written(ApiAnswer answer) {
    return Lives.created()
        .hears(new PodInput.InstanceSeen(Lives.run(1)))
        .hears(new PodInput.Started(Work.STATUS))
        .hears(new PodInput.StatusAnswered(answer));
  }

  private static V1Pod version(String version) {
    return Lives.version(Lives.pod(), version);
  }

  private static Instance restarted() {
    Instance.Builder instance = Lives.run(1).toBuilder().setRevision(99);
    instance.getContainersBuilder(0).setRestartCount(3);
    return instance.build();
  }
}
