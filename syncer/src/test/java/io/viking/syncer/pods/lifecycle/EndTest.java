package io.viking.syncer.pods.lifecycle;

import static io.viking.syncer.pods.lifecycle.Lives.START;
import static io.viking.syncer.pods.lifecycle.Lives.deleted;
import static io.viking.syncer.pods.lifecycle.Lives.ended;
import static io.viking.syncer.pods.lifecycle.Lives.ofJob;
import static io.viking.syncer.pods.lifecycle.Lives.pending;
import static io.viking.syncer.pods.lifecycle.Lives.phase;
import static io.viking.syncer.pods.lifecycle.Lives.pod;
import static io.viking.syncer.pods.lifecycle.Lives.refused;
import static io.viking.syncer.pods.lifecycle.Lives.resolved;
import static io.viking.syncer.pods.lifecycle.Lives.run;
import static io.viking.syncer.pods.lifecycle.Lives.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndTest {
  private static PodInput deletedIn(Lives pod, long seconds) {
    return seen(deleted(phase(pod(), "Running"), pod.now().plusSeconds(seconds), seconds));
  }

  @Test
  void deletedPod_isStoppedWithWhatIsLeftOfItsGrace_thenLetGo_withOneWrite() {
    Lives pod = Lives.running();
    pod.hears(deletedIn(pod, 30));
    assertThat(pod.wants()).containsExactly(Work.DELETE);
    assertThat(pod.machine().stopGrace(pod.now().plusSeconds(10)))
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(pod.tells).last().isEqualTo(Tell.normal("Killing", "Stopping container main"));

    pod.hears(new PodInput.Started(Work.DELETE)).hears(new PodInput.DeleteAccepted());
    assertThat(pod.wants()).isEmpty();

    pod.hears(new PodInput.InstanceRemoved(ended(1, 143, START)));
    assertThat(pod.wants()).containsExactly(Work.REMOVE);

    pod.hears(new PodInput.Started(Work.REMOVE))
        .hears(new PodInput.RemoveAnswered(new ApiAnswer.Done()));
    assertThat(pod.wants()).isEmpty();
    assertThat(pod.hears(new PodInput.PodGone(true)).state()).isInstanceOf(PodState.Gone.class);
  }

  @Test
  void endThatIsRead_isWrittenBeforeTheObjectGoes() {
    Lives pod = Lives.running();
    pod.hears(seen(ofJob(deleted(phase(pod(), "Running"), pod.now().plusSeconds(30), 30))))
        .hears(new PodInput.Started(Work.DELETE))
        .hears(new PodInput.DeleteAccepted())
        .hears(new PodInput.InstanceRemoved(ended(1, 143, START)));
    assertThat(pod.wants()).containsExactly(Work.STATUS);
    assertThat(pod.patch()).contains("\"Failed\"", "143");

    pod.hears(new PodInput.Started(Work.STATUS))
        .hears(new PodInput.StatusAnswered(new ApiAnswer.Done()));
    assertThat(pod.wants()).containsExactly(Work.REMOVE);
  }

  @Test
  void endThatCannotBeWritten_doesNotHoldTheObject() {
    Lives pod = Lives.running();
    pod.hears(seen(ofJob(deleted(phase(pod(), "Running"), pod.now().plusSeconds(30), 30))))
        .hears(new PodInput.DeleteAbsent())
        .hears(new PodInput.Started(Work.STATUS))
        .hears(new PodInput.StatusAnswered(new ApiAnswer.OtherObject()));
    assertThat(pod.wants()).containsExactly(Work.REMOVE);
  }

  @Test
  void shorterGrace_isPassedOn_evenWhileTheFirstCallIsOnItsWay() {
    Lives pod = Lives.running();
    pod.hears(deletedIn(pod, 30))
        .hears(new PodInput.Started(Work.DELETE))
        .hears(deletedIn(pod, 5))
        .hears(new PodInput.DeleteAccepted());
    assertThat(pod.wants()).containsExactly(Work.DELETE);
    assertThat(pod.machine().stopGrace(pod.now())).isEqualTo(Duration.ofSeconds(5));

    pod.hears(new PodInput.Started(Work.DELETE)).hears(new PodInput.DeleteAccepted());
    assertThat(pod.wants()).isEmpty();
  }

  @Test
  void graceThatPassedWhileNobodyRan_isStillTwoSeconds() {
    Lives pod = Lives.unknown().inWorld(new World(false, false));
    pod.hears(seen(deleted(phase(pod(), "Running"), START.minusSeconds(600), 30)))
        .hears(new PodInput.InstanceSeen(run(1)))
        .inWorld(new World(true, true));
    assertThat(pod.wants()).containsExactly(Work.DELETE);
    assertThat(pod.machine().stopGrace(pod.now())).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void clockThatIsAhead_takesNothingFromTheGraceOfADeletionThatIsHeard() {
    Lives pod = Lives.running();
    pod.hears(seen(deleted(phase(pod(), "Running"), START.minusSeconds(600), 30)));
    assertThat(pod.machine().stopGrace(pod.now())).isEqualTo(Duration.ofSeconds(30));

    pod.after(Duration.ofSeconds(20));
    assertThat(pod.machine().stopGrace(pod.now())).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void endThatIsNotSeen_isAskedForAgain_afterTheGrace() {
    Lives pod = Lives.running();
    pod.hears(deletedIn(pod, 30))
        .hears(new PodInput.Started(Work.DELETE))
        .hears(new PodInput.DeleteAccepted());
    assertThat(pod.after(Duration.ofSeconds(59)).wants()).isEmpty();
    assertThat(pod.after(Duration.ofSeconds(2)).wants()).containsExactly(Work.DELETE);
  }

  @Test
  void cloudOutOfReach_nothingIsDeleted() {
    Lives pod = Lives.running().inWorld(new World(true, false));
    pod.hears(deletedIn(pod, 30));
    assertThat(pod.wants()).isEmpty();
    assertThat(pod.inWorld(new World(true, true)).wants()).containsExactly(Work.DELETE);
  }

  @Test
  void deletedWhileItsCreateIsOnItsWay_isFencedOff_beforeItIsLetGo() {
    Lives pod = Lives.bound().hears(resolved()).hears(new PodInput.Started(Work.CREATE));
    pod.hears(seen(deleted(pod(), pod.now().plusSeconds(30), 30)));
    assertThat(pod.wants()).containsExactly(Work.DELETE);
    assertThat(pod.hears(new PodInput.DeleteAbsent()).wants()).containsExactly(Work.REMOVE);

    pod.hears(new PodInput.Created(pending(1), true));
    assertThat(pod.wants()).as("an answer older than the fence").containsExactly(Work.REMOVE);
  }

  @Test
  void deletedWhileItsCreateIsOnItsWay_andAcceptedAsThere_waitsForTheEnd() {
    Lives pod = Lives.bound().hears(resolved()).hears(new PodInput.Started(Work.CREATE));
    pod.hears(seen(deleted(pod(), pod.now().plusSeconds(30), 30)))
        .hears(new PodInput.Started(Work.DELETE))
        .hears(new PodInput.DeleteAccepted());
    assertThat(pod.wants()).isEmpty();
    assertThat(pod.hears(new PodInput.InstanceRemoved(pending(1))).wants())
        .containsExactly(Work.REMOVE);
  }

  @Test
  void deletedBeforeItWasAskedFor_isLetGoAtOnce() {
    Lives pod = Lives.bound().hears(resolved());
    pod.hears(seen(deleted(pod(), pod.now().plusSeconds(30), 30)));
    assertThat(pod.wants()).containsExactly(Work.REMOVE);
  }

  @Test
  void deletedAfterARefusal_isLetGoAtOnce() {
    Lives pod =
        Lives.bound()
            .hears(resolved())
            .hears(new PodInput.Started(Work.CREATE))
            .hears(refused(ErrorReason.ERROR_REASON_OUT_OF_STOCK));
    pod.hears(seen(deleted(pod(), pod.now().plusSeconds(30), 30)));
    assertThat(pod.wants()).containsExactly(Work.REMOVE);
  }

  @Test
  void deletedAfterACreateOfUnknownOutcome_isFencedOff() {
    Lives pod =
        Lives.bound()
            .hears(resolved())
            .hears(new PodInput.Started(Work.CREATE))
            .hears(refused(ErrorReason.ERROR_REASON_UNAVAILABLE));
    pod.hears(seen(deleted(pod(), pod.now().plusSeconds(30), 30)));
    assertThat(pod.wants()).containsExactly(Work.DELETE);
  }

  @Test
  void failedDelete_isRepeated_throttledOneAtThePaceOfAll() {
    Lives pod = Lives.running();
    pod.hears(deletedIn(pod, 30)).hears(new PodInput.Started(Work.DELETE));
    pod.hears(
        new PodInput.DeleteFailed(
            CloudFailure.of(ErrorReason.ERROR_REASON_THROTTLED, "slow down")));
    assertThat(pod.wants()).containsExactly(Work.DELETE);
    pod.hears(
        new PodInput.DeleteFailed(CloudFailure.of(ErrorReason.ERROR_REASON_INTERNAL, "oops")));
    assertThat(pod.wants()).isEmpty();
    assertThat(pod.after(Duration.ofSeconds(1)).wants()).containsExactly(Work.DELETE);
  }

  @Test
  void finalizers_holdTheObject_andNothingMoreIsDone() {
    Lives pod = Lives.running();
    var held = phase(pod(), "Failed");
    held.getMetadata().setFinalizers(List.of("example.com/hold"));
    pod.hears(new PodInput.InstanceRemoved(ended(1, 143, START)))
        .hears(seen(deleted(held, pod.now(), 0)));
    pod.hears(new PodInput.Started(Work.STATUS))
        .hears(new PodInput.StatusAnswered(new ApiAnswer.Done()));
    assertThat(pod.state()).isInstanceOf(PodState.Settled.class);
    assertThat(pod.wants()).isEmpty();
  }

  @Test
  void finalDeleteThatTheApiServerDidNotFinish_isMadeAgain() {
    Lives pod = Lives.bound();
    pod.hears(seen(deleted(phase(pod(), "Running"), pod.now(), 0)));
    assertThat(pod.wants()).containsExactly(Work.REMOVE);
  }

  @Test
  void endedInstance_isReported_andRemovedOnlyOnceThePodSaysSo() {
    Lives pod = Lives.running().hears(new PodInput.InstanceSeen(ended(1, 0, START)));
    assertThat(pod.wants()).containsExactly(Work.STATUS);
    assertThat(pod.patch()).contains("\"Succeeded\"", "\"resourceVersion\":\"8\"");

    pod.hears(new PodInput.Started(Work.STATUS))
        .hears(new PodInput.StatusAnswered(new ApiAnswer.Done()))
        .after(Duration.ofHours(2));
    assertThat(pod.wants()).doesNotContain(Work.DELETE);

    pod.hears(seen(phase(pod(), "Succeeded")));
    assertThat(pod.wants()).contains(Work.DELETE);
  }

  @Test
  void endedInstance_isKeptForAWhile_soThatItsLogsCanBeRead() {
    Lives pod =
        Lives.running()
            .hears(new PodInput.InstanceSeen(ended(1, 0, START)))
            .hears(seen(phase(pod(), "Succeeded")));
    assertThat(pod.after(Duration.ofMinutes(59)).wants()).doesNotContain(Work.DELETE);
    assertThat(pod.after(Duration.ofMinutes(2)).wants()).contains(Work.DELETE);
  }

  @Test
  void podThatSomebodyFailed_losesItsRunningInstance() {
    Lives pod = Lives.running().hears(seen(phase(pod(), "Failed")));
    assertThat(pod.wants()).containsExactly(Work.DELETE);
    assertThat(pod.machine().stopGrace(pod.now())).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void instanceThatVanishes_failsThePod_asOnAnyNode() {
    Lives pod =
        Lives.running()
            .hears(new PodInput.InstanceSeen(run(1)))
            .hears(new PodInput.InstanceUnlisted());
    assertThat(pod.state()).isInstanceOf(PodState.Lost.class);
    assertThat(pod.patch()).contains("\"Failed\"", "InstanceLost");
    assertThat(pod.tells).last().extracting(Tell::warning).isEqualTo(true);
  }

  @Test
  void runningPodWithoutAnInstance_whileTheCloudIsOutOfReach_isLeftAlone() {
    Lives pod = new Lives().inWorld(new World(true, false)).hears(seen(phase(pod(), "Running")));
    assertThat(pod.wants()).isEmpty();
    assertThat(pod.inWorld(new World(true, true)).state()).isInstanceOf(PodState.Lost.class);
  }

  @Test
  void instanceThatIsReplacedByAnother_doesNotTouchTheNewOnesPod() {
    Lives pod =
        Lives.created()
            .hears(new PodInput.InstanceSeen(pending(2)))
            .hears(new PodInput.InstanceRemoved(Lives.failedToStart(1)));
    assertThat(pod.state()).isInstanceOf(PodState.Running.class);
    assertThat(pod.machine().facts().cloud().instance()).contains(pending(2));
  }

  @Test
  void mirrorPod_andPodOnAForeignNode_areLeftAlone() {
    var mirror = pod();
    mirror.getMetadata().putAnnotationsItem("kubernetes.io/config.mirror", "x");
    assertThat(new Lives().hears(seen(mirror)).wants()).isEmpty();
    assertThat(new Lives().hears(new PodInput.PodSeen(pod(), false, "")).wants()).isEmpty();
    assertThat(new Lives().hears(seen(phase(pod(), "Failed"))).wants()).isEmpty();
  }

  @Test
  void statusWrite_isRepeatedUntilItIsTaken_withTheVersionItWasMadeFrom() {
    Lives pod = Lives.created().hears(new PodInput.InstanceSeen(run(1)));
    assertThat(pod.patch()).contains("\"resourceVersion\":\"7\"");
    pod.hears(new PodInput.Started(Work.STATUS));
    assertThat(pod.wants()).as("one at a time").isEmpty();
    pod.hears(new PodInput.StatusAnswered(new ApiAnswer.Stale()));
    assertThat(pod.wants()).isEmpty();
    pod.after(Duration.ofSeconds(1)).hears(new PodInput.Started(Work.STATUS));
    pod.hears(
        new PodInput.StatusAnswered(new ApiAnswer.Failed(Optional.of(Duration.ofSeconds(20)))));
    assertThat(pod.after(Duration.ofSeconds(19)).wants()).isEmpty();
    assertThat(pod.after(Duration.ofSeconds(1)).wants()).containsExactly(Work.STATUS);
  }

  @Test
  void statusThatSomebodyElseSpoils_isPutRight_onceOurOwnEchoIsOver() {
    Lives pod = Lives.running();
    assertThat(pod.wants()).as("it is not fought at full speed").isEmpty();
    assertThat(pod.after(Duration.ofSeconds(6)).wants()).containsExactly(Work.STATUS);
  }
}
